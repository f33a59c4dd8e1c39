package org.anymod.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.anymod.core.pipeline.Run;
import org.anymod.core.pipeline.TinyWorld;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same trainings by one, two and three processes under {@code mpirun}. */
class DataParallelTrainingTest {
  private static final List<String> TRAININGS = List.of("plain", "everything", "sharded");

  @TempDir static Path folder;

  private static TinyWorld world;

  @BeforeAll
  static void makeWorld() throws Exception {
    MpiRun.assumeThere();
    world = TinyWorld.in(folder);
  }

  private static Run run(String training, String name) throws Exception {
    return world.run(name, RankedTrainings.settings(training).recipe());
  }

  private static void alone(String training) throws Exception {
    RankedTrainings.train(run(training, training + "-1"), Long.MAX_VALUE);
  }

  private static List<JsonNode> log(String name, String file) throws IOException {
    return new TrainingLog(folder.resolve(name).resolve("logs").resolve(file)).read();
  }

  private static byte[] weights(String name, int step) throws IOException {
    return Files.readAllBytes(
        folder.resolve(name).resolve("checkpoints/model-%08d.safetensors".formatted(step)));
  }

  @Test
  void anyNumberOfProcessesLearnsTheSame() throws Exception {
    for (String training : TRAININGS) {
      alone(training);
    }
    for (int ranks : new int[] {2, 3}) {
      MpiRun.Ended ended = together(ranks);
      assertThat(ended.code()).as(ended.output()).isZero();
      for (String training : TRAININGS) {
        compare(training + "-1", training + "-" + ranks);
      }
      // Divided or not, the optimiser does the same to the last bit.
      assertThat(weights("sharded-" + ranks, 50)).isEqualTo(weights("plain-" + ranks, 50));
      assertThat(optimizer("sharded-" + ranks)).isEqualTo(optimizer("plain-" + ranks));
      checkRankLogs("plain-" + ranks, ranks);
    }
    goesOnAlone();
  }

  private static byte[] optimizer(String name) throws IOException {
    return Files.readAllBytes(
        folder.resolve(name).resolve("checkpoints/training-00000050.safetensors"));
  }

  private static MpiRun.Ended together(int ranks) throws Exception {
    String[] arguments = new String[1 + 2 * (TRAININGS.size() + 1)];
    arguments[0] = folder.toString();
    for (int i = 0; i < TRAININGS.size(); i++) {
      String name = TRAININGS.get(i) + "-" + ranks;
      run(TRAININGS.get(i), name);
      arguments[1 + 2 * i] = TRAININGS.get(i);
      arguments[2 + 2 * i] = name;
    }
    run("interrupted", "interrupted-" + ranks);
    arguments[arguments.length - 2] = "interrupted";
    arguments[arguments.length - 1] = "interrupted-" + ranks;
    return MpiRun.of(ranks, RankedTrainings.class, arguments).end(120);
  }

  private static void compare(String expected, String found) throws IOException {
    List<JsonNode> one = log(expected, "train.jsonl");
    List<JsonNode> several = log(found, "train.jsonl");
    assertThat(several).hasSameSizeAs(one);
    for (int i = 0; i < one.size(); i++) {
      double loss = one.get(i).get("loss").asDouble();
      assertThat(several.get(i).get("loss").asDouble())
          .as(found + " step " + i)
          .isCloseTo(loss, within(1e-5 * loss));
      for (String name : List.of("target_tokens", "input_tokens", "dropped_tokens")) {
        assertThat(several.get(i).get(name)).isEqualTo(one.get(i).get(name));
      }
      double phrase = one.get(i).get("loss/phrase").asDouble();
      assertThat(several.get(i).get("loss/phrase").asDouble())
          .isCloseTo(phrase, within(1e-4 * phrase));
    }
  }

  private static void checkRankLogs(String name, int ranks) throws IOException {
    List<JsonNode> whole = log(name, "train.jsonl");
    double tokens = 0;
    for (int rank = 0; rank < ranks; rank++) {
      List<JsonNode> lines = log(name, "rank-" + rank + ".jsonl");
      assertThat(lines).hasSize(50);
      tokens += lines.get(0).get("target_tokens").asDouble();
      assertThat(lines.get(7).get("bytes").asDouble()).isPositive();
    }
    assertThat(tokens).isEqualTo(whole.get(0).get("target_tokens").asDouble());
  }

  /** Stopped by a request that reached one of two processes only, and taken up by one alone. */
  private static void goesOnAlone() throws Exception {
    Run run = run("interrupted", "interrupted-2");
    assertThat(run.checkpoints().latest()).hasValue(20);
    RankedTrainings.train(run, Long.MAX_VALUE);
    compare("plain-1", "interrupted-2");
  }

  @Test
  void aKilledProcessEndsTheOthersAndLeavesACheckpoint() throws Exception {
    run("endless", "killed");
    Path checkpoints = folder.resolve("killed/checkpoints");
    MpiRun running =
        MpiRun.of(2, RankedTrainings.class, folder.toString(), "endless", "killed");
    running.await(() -> hasCheckpoint(checkpoints), 60);
    long victim = running.process(1);
    long start = System.nanoTime();
    ProcessHandle.of(victim).orElseThrow().destroyForcibly();
    MpiRun.Ended ended = running.end(30);
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(30);
    assertThat(ended.code()).isNotZero();
    assertThat(ended.output()).contains("signal 9");
    Run run = run("endless", "killed");
    assertThat(run.checkpoints().latest()).isPresent();
    List<String> messages = RankedTrainings.train(run, 1);
    assertThat(messages).noneMatch(line -> line.contains("damaged"));
  }

  private static boolean hasCheckpoint(Path checkpoints) throws IOException {
    if (!Files.isDirectory(checkpoints)) {
      return false;
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("checkpoint-"));
    }
  }
}
