package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({"512, 512", "500KiB, 512000", "16MiB, 16777216", "1 gib, 1073741824"})
  void readsSizes(String text, int bytes) {
    assertThat(Quantity.bytes("--size", text)).isEqualTo(bytes);
  }

  @Test
  void readsTimes() {
    assertThat(Quantity.time("--time", "250ms")).isEqualTo(Duration.ofMillis(250));
    assertThat(Quantity.time("--time", "60s")).isEqualTo(Duration.ofMinutes(1));
    assertThat(Quantity.time("--time", "5m")).isEqualTo(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MiB", "-1", "3 GiB", "1.5MiB", "7 apples"})
  void refusesOtherSizes(String text) {
    assertThatThrownBy(() -> Quantity.bytes("--size", text))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("--size is '" + text + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0s", "48h", "s", "1.5s", "7 moons"})
  void refusesOtherTimes(String text) {
    assertThatThrownBy(() -> Quantity.time("--time", text)).isInstanceOf(UserMistake.class);
  }
}
