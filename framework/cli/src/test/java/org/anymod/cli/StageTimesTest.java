package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageTimesTest {
  @TempDir Path logs;

  @Test
  void partsOfAnInterruptedStageAddUpAndRepeatedStagesCountOnce() throws IOException {
    StageTimes times = new StageTimes(logs.resolve("new"));
    assertThat(times.total()).isEmpty();
    times.add("model", false, 2);
    times.add("evaluation", true, 5);
    times.add("model", false, 3);
    times.add("evaluation", true, 4);
    assertThat(times.total()).containsEntry("model", 5.0).containsEntry("evaluation", 4.0);
    assertThat(times.total().keySet()).containsExactly("model", "evaluation");
  }

  @Test
  void aLineCutOffByAKillIsLeftOut() throws IOException {
    StageTimes times = new StageTimes(logs);
    times.add("model", false, 2);
    Files.writeString(logs.resolve("stages.jsonl"), "{\"stage\":\"mod", StandardOpenOption.APPEND);
    assertThat(times.total()).hasSize(1).containsEntry("model", 2.0);
  }
}
