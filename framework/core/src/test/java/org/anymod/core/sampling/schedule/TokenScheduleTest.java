package org.anymod.core.sampling.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenScheduleTest {
  @Test
  void linearGivesThePublishedNumbers() throws IOException {
    List<JsonNode> cases = Published.cases("schedules.json", "linear");
    assertThat(cases).hasSizeGreaterThan(10);
    for (JsonNode item : cases) {
      int[] schedule =
          TokenSchedule.linear(
              item.get("num_steps").intValue(), item.get("total_tokens").intValue());
      assertThat(schedule).as("%s", item).containsExactly(Published.ints(item.get("tokens")));
    }
  }

  @Test
  void cosineGivesThePublishedNumbers() throws IOException {
    List<JsonNode> cases = Published.cases("schedules.json", "cosine");
    assertThat(cases).hasSizeGreaterThan(10);
    for (JsonNode item : cases) {
      int[] schedule =
          TokenSchedule.cosine(
              item.get("num_steps").intValue(), item.get("total_tokens").intValue());
      assertThat(schedule).as("%s", item).containsExactly(Published.ints(item.get("tokens")));
    }
  }

  @Test
  void continuedGivesThePublishedNumbers() throws IOException {
    List<JsonNode> cases = Published.cases("schedules.json", "continue");
    assertThat(cases).hasSizeGreaterThan(5);
    for (JsonNode item : cases) {
      int[] rest =
          TokenSchedule.continued(
              Published.schedule(item), item.get("num_current_tokens").intValue());
      assertThat(rest).as("%s", item).containsExactly(Published.ints(item.get("tokens")));
    }
  }

  @Test
  void givesOutEveryTokenExactlyOnceForAllSizes() {
    for (int tokens = 1; tokens <= 60; tokens++) {
      for (int steps = 1; steps <= 80; steps++) {
        for (int[] schedule :
            List.of(TokenSchedule.linear(steps, tokens), TokenSchedule.cosine(steps, tokens))) {
          assertThat(Arrays.stream(schedule).sum()).isEqualTo(tokens);
          assertThat(Arrays.stream(schedule).min().getAsInt()).isNotNegative();
        }
      }
    }
  }

  @Test
  void refusesWhatIsNoSchedule() {
    assertThatThrownBy(() -> TokenSchedule.linear(0, 4))
        .hasMessageContaining("0 steps and 4 tokens");
    assertThatThrownBy(() -> TokenSchedule.cosine(2, 0))
        .hasMessageContaining("2 steps and 0 tokens");
    assertThatThrownBy(() -> TokenSchedule.continued(new int[] {2, 3}, 5))
        .hasMessageContaining("must be 0 to 4");
  }
}
