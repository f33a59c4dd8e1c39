package org.anymod.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.evaluation.Evaluation;
import org.anymod.core.evaluation.Evaluator;
import org.anymod.core.pipeline.LoadedModel;
import org.anymod.core.pipeline.Run;
import org.anymod.core.pipeline.TinyWorld;
import org.anymod.torch.testing.MpiLauncher;
import org.anymod.torch.testing.MpiProcesses;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same trainings by one, two and three processes under {@code mpirun}: three under another MPI
 * than two, where there is one.
 */
class DataParallelTrainingTest {
  private static final List<String> TRAININGS = List.of("plain", "everything", "sharded");
  private static final List<String> TOKENIZERS = List.of("cosine", "euclidean", "memcodes");
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir static Path folder;

  private static List<MpiLauncher> launchers;
  private static TinyWorld world;
  private static RunLogs logs;

  @BeforeAll
  static void makeWorld() throws Exception {
    launchers = MpiLauncher.installed();
    world = TinyWorld.in(folder);
    logs = new RunLogs(folder);
  }

  private static Run run(String training, String name) throws Exception {
    return world.run(name, RankedTrainings.settings(training).recipe());
  }

  private static void alone(String training) throws Exception {
    RankedTrainings.train(run(training, training + "-1"), Long.MAX_VALUE);
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
    for (String tokenizer : TOKENIZERS) {
      Run run = world.learning(tokenizer + "-1", RankedTrainings.TOKENIZERS.get(tokenizer));
      RankedTrainings.work(run, tokenizer);
    }
    RankedTrainings.work(world.tokenless("tokens-1"), "tokens");
    world.again("plain-1", "pairs-2", RankedTrainings.settings("pairs").recipe());
    for (int ranks : new int[] {2, 3}) {
      MpiProcesses.Ended ended = together(ranks);
      assertThat(ended.code()).as(ended.output()).isEqualTo(ranks == 2 ? 0 : 1);
      for (String training : TRAININGS) {
        logs.compare(training + "-1", training + "-" + ranks);
      }
      // Divided or not, the optimiser does the same to the last bit.
      assertThat(weights("sharded-" + ranks, 12)).isEqualTo(weights("everything-" + ranks, 12));
      assertThat(optimizer("sharded-" + ranks)).isEqualTo(optimizer("everything-" + ranks));
      for (String tokenizer : TOKENIZERS) {
        logs.compareTokenizers(tokenizer + "-1", tokenizer + "-" + ranks);
      }
      assertThat(files("tokens-" + ranks)).isEqualTo(files("tokens-1"));
      logs.checkRanks("plain-" + ranks, ranks);
      if (ranks == 2) {
        beginSomeOfWhatThreeDo();
      } else {
        stoppedAtWhatIsNoNumber(ended.output());
      }
    }
    goesOnAlone();
    stoppedBeforeTheFault();
    measuredTheSame();
  }

  /** Two processes make some shards until one is killed; of two measured pairs one is lost. */
  private static void beginSomeOfWhatThreeDo() throws Exception {
    world.tokenless("tokens-3");
    Path tokens = folder.resolve("tokens-3/tokens/train");
    MpiProcesses running = start(launchers.get(0), 2, "stuck", "tokens-3");
    Path phrases = tokens.resolve("phrase");
    running.await(
        () ->
            Files.exists(phrases.resolve("shard-00000.tar"))
                && Files.exists(phrases.resolve("shard-00001.tar")),
        60);
    running.rank(1).destroyForcibly();
    MpiProcesses.Ended ended = running.end(30);
    assertThat(ended.code()).isNotZero();
    assertThat(ended.output()).contains("signal 9");
    assertThat(tokens.resolve("manifest.json")).doesNotExist();
    assertThat(phrases.resolve("shard-00004.tar")).doesNotExist();

    world.again("pairs-2", "pairs-3", RankedTrainings.settings("pairs").recipe());
    assertThat(measured("pairs-2")).hasSize(2);
    Files.delete(measured("pairs-3").get(0));
    Files.setLastModifiedTime(measured("pairs-3").get(0), LONG_AGO);
  }

  /** The pairs of an evaluation that were measured. */
  private static List<Path> measured(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name).resolve("evaluation"))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static void measuredTheSame() throws Exception {
    List<Path> two = measured("pairs-2");
    List<Path> three = measured("pairs-3");
    assertThat(three).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(three.get(i)).hasSameBinaryContentAs(two.get(i));
    }
    // What was there was not measured again.
    assertThat(Files.getLastModifiedTime(three.get(1))).isEqualTo(LONG_AGO);
    Evaluation alone = evaluate(run("plain", "plain-1"));
    Evaluation together = evaluate(run("pairs", "pairs-3"));
    assertThat(together.pairs()).isEqualTo(alone.pairs());
    assertThat(measured("pairs-3")).isEmpty();
  }

  private static Evaluation evaluate(Run run) throws IOException {
    try (LoadedModel model = LoadedModel.open(run)) {
      return new Evaluator(model).evaluate(Progress.silent(), new StopSignal());
    }
  }

  /** One of three processes met it; all say so, and the weights of before it are sound. */
  private static void stoppedAtWhatIsNoNumber(String output) throws Exception {
    Matcher reason = Pattern.compile("rank (\\d): the loss is NaN at step (\\d+);").matcher(output);
    Set<String> ranks = new TreeSet<>();
    Set<String> steps = new TreeSet<>();
    while (reason.find()) {
      ranks.add(reason.group(1));
      steps.add(reason.group(2));
    }
    assertThat(ranks).as(output).containsExactly("0", "1", "2");
    assertThat(steps).hasSize(1);
    long step = Long.parseLong(steps.iterator().next());
    Run run = RankedTrainings.poisoned(world, "poisoned-3");
    assertThat(run.model().checkpoints().latest()).hasValue(step - 1);
    assertThat(RankedTrainings.train(run, Long.MAX_VALUE))
        .noneMatch(line -> line.contains("damaged"));
    assertThat(logs.of("poisoned-3", "train.jsonl"))
        .hasSize(30)
        .allMatch(line -> Double.isFinite(line.get("loss").asDouble()));
  }

  private static void stoppedBeforeTheFault() throws Exception {
    assertThat(run("fault", "fault-2").model().checkpoints().latest()).hasValue(17);
    Path file = folder.resolve("fault-2/logs/failure-00000018.json");
    JsonNode failure = new ObjectMapper().readTree(file.toFile());
    assertThat(failure.get("samples")).hasSize(6);
    assertThat(failure.get("cause").asText()).contains("above the limit");
  }

  private static byte[] optimizer(String name) throws IOException {
    return Files.readAllBytes(
        folder.resolve(name).resolve("checkpoints/training-00000012.safetensors"));
  }

  private static MpiProcesses.Ended together(int ranks) throws Exception {
    List<String> works = new ArrayList<>(TRAININGS);
    if (ranks == 2) {
      works.add("interrupted");
      works.add("fault");
    }
    for (String training : works) {
      run(training, training + "-" + ranks);
    }
    world.tokenless("tokens-" + ranks);
    works.addAll(TOKENIZERS);
    works.addAll(List.of("tokens", "pairs"));
    if (ranks == 3) {
      works.add("poisoned");
      RankedTrainings.poisoned(world, "poisoned-3");
    }
    String[] words =
        works.stream().flatMap(work -> Stream.of(work, work + "-" + ranks)).toArray(String[]::new);
    MpiLauncher launcher = launchers.get(ranks == 2 ? 0 : launchers.size() - 1);
    return start(launcher, ranks, words).end(300);
  }

  /** Starts processes that do some works, each in the run that follows it. */
  private static MpiProcesses start(MpiLauncher launcher, int ranks, String... works)
      throws IOException {
    String[] words =
        Stream.concat(Stream.of(folder.toString()), Stream.of(works)).toArray(String[]::new);
    return MpiProcesses.start(launcher, ranks, RankedTrainings.class, words);
  }

  /** Checksums of all tokens and of the manifest. */
  private static Map<String, Long> files(String name) throws IOException {
    Map<String, Long> sums = new TreeMap<>();
    Path root = folder.resolve(name).resolve("tokens/train");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        CRC32C sum = new CRC32C();
        sum.update(Files.readAllBytes(file));
        sums.put(root.relativize(file).toString(), sum.getValue());
      }
    }
    assertThat(sums).hasSizeGreaterThan(10);
    return sums;
  }

  /** Stopped by a request that reached one of two processes only, and taken up by one alone. */
  private static void goesOnAlone() throws Exception {
    Run run = run("interrupted", "interrupted-2");
    assertThat(run.model().checkpoints().latest()).hasValue(20);
    RankedTrainings.train(run, Long.MAX_VALUE);
    logs.compare("plain-1", "interrupted-2");
  }

  @ParameterizedTest
  @EnumSource
  void twoProcessesOfEachLauncherDoWhatOneDoes(MpiLauncher launcher) throws Exception {
    launcher.assumeThere();
    String alone = "alone-" + launcher;
    String both = "both-" + launcher;
    RankedTrainings.train(run("sharded", alone), Long.MAX_VALUE);
    RankedTrainings.work(world.tokenless(alone + "-tokens"), "tokens");
    run("sharded", both);
    world.tokenless(both + "-tokens");
    MpiProcesses.Ended ended =
        start(launcher, 2, "sharded", both, "tokens", both + "-tokens").end(120);
    assertThat(ended.code()).as(ended.output()).isZero();
    logs.compare(alone, both);
    logs.checkRanks(both, 2);
    assertThat(files(both + "-tokens")).isEqualTo(files(alone + "-tokens"));
  }

  @ParameterizedTest
  @EnumSource
  void aKilledProcessEndsTheOthersAndLeavesACheckpoint(MpiLauncher launcher) throws Exception {
    launcher.assumeThere();
    String name = "killed-" + launcher;
    run("endless", name);
    Path checkpoints = folder.resolve(name).resolve("checkpoints");
    MpiProcesses running = start(launcher, 2, "endless", name);
    running.await(() -> hasCheckpoint(checkpoints), 60);
    long start = System.nanoTime();
    running.rank(1).destroyForcibly();
    MpiProcesses.Ended ended = running.end(30);
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(30);
    assertThat(ended.code()).isNotZero();
    assertThat(ended.output()).contains("signal 9");
    Run run = run("endless", name);
    assertThat(run.model().checkpoints().latest()).isPresent();
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
