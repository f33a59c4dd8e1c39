package org.anymod.serve;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServeSettingsTest {
  private static ServeSettings at(String host, Optional<String> token) {
    Duration minute = Duration.ofMinutes(1);
    return new ServeSettings(host, 0, token, 1, 1, minute, minute, 1 << 20, 1, 1, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.0.0.2"})
  void thisMachineNeedsNoToken(String host) {
    assertThatCode(at(host, Optional.empty())::checkReach).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void otherMachinesNeedOne(String host) {
    assertThatThrownBy(at(host, Optional.empty())::checkReach)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(host);
    assertThatCode(at(host, Optional.of("0123456789abcdef"))::checkReach)
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "with a blank in it", "tabs\tand\nlines----"})
  void aTokenIsLongAndOneWord(String token) {
    assertThatThrownBy(() -> at("127.0.0.1", Optional.of(token)))
        .hasMessageContaining("must have at least 16");
  }

  @Test
  void numbersHaveRanges() {
    Duration minute = Duration.ofMinutes(1);
    assertThatThrownBy(
            () ->
                new ServeSettings(
                    "localhost", 70_000, Optional.empty(), 1, 1, minute, minute, 1024, 1, 1, 0))
        .hasMessage("port is 70000, must be from 0 to 65535");
  }
}
