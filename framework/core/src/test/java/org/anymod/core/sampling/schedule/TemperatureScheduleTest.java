package org.anymod.core.sampling.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureScheduleTest {
  @Test
  void linearGivesThePublishedNumbers() throws IOException {
    compare("linear_temp", "temp", item -> "linear");
  }

  @Test
  void hyperbolaGivesThePublishedNumbers() throws IOException {
    compare("onex_temp", "max_t", item -> "onex:" + item.get("min_t") + ":" + item.get("power"));
  }

  @Test
  void decreasingGivesThePublishedNumbers() throws IOException {
    compare("decreasing_temp", "max", item -> "decreasing:" + item.get("min"));
  }

  @Test
  void constantStaysTheSame() {
    assertThat(TemperatureSchedule.of("constant").temperatures(0.7, new int[] {3, 1, 2}))
        .containsExactly(0.7, 0.7, 0.7);
  }

  @Test
  void hyperbolaOfOneTokenIsItsMinimum() {
    assertThat(TemperatureSchedule.of("onex:0.5:0.5").temperatures(5, new int[] {1}))
        .containsExactly(0.5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cosine",
        "onex",
        "onex:0.5",
        "onex:0.5:0",
        "onex:-1:1",
        "onex:a:1",
        "decreasing:NaN",
        "linear:1"
      })
  void namesWhatIsAllowedWhenASpecIsWrong(String spec) {
    assertThatThrownBy(() -> TemperatureSchedule.of(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + spec + "\"")
        .hasMessageContaining("onex:<min>:<power>");
  }

  private static void compare(String list, String temperature, Function<JsonNode, String> spec)
      throws IOException {
    assertThat(Published.cases("schedules.json", list)).hasSizeGreaterThan(5);
    for (JsonNode item : Published.cases("schedules.json", list)) {
      double[] temperatures =
          TemperatureSchedule.of(spec.apply(item))
              .temperatures(item.get(temperature).doubleValue(), Published.schedule(item));
      assertThat(temperatures)
          .as("%s", item)
          .containsExactly(Published.doubles(item.get("temps")), within(1e-9));
    }
  }
}
