package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anymod.torch.testing.MpiLauncher;
import org.anymod.torch.testing.MpiProcesses;
import org.anymod.torch.testing.MpiProcesses.Ended;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Commands that divide bulk work, by one, two and three processes under {@code mpirun}: three under
 * another MPI than two, where there is one.
 */
class RankedCommandsTest {
  private static final int SAMPLES = 40;

  @TempDir static Path folder;

  private static TinyRun tiny;

  private static List<MpiLauncher> launchers;

  @BeforeAll
  static void train() throws IOException {
    launchers = MpiLauncher.installed();
    tiny = EmbeddingRun.trained(folder, List.of(), 16, "rgb,depth,caption,dinov2_global", SAMPLES);
  }

  /** The recipe on the shared data, with another folder for what is made. */
  private static List<String> recipe(Path own) {
    return List.of(
        tiny.recipe().toString(),
        "--plugins",
        tiny.plugins().toString(),
        "--set",
        "output=" + own,
        "--set",
        "data.root=" + tiny.output().resolve("data"));
  }

  private static Ended together(MpiLauncher launcher, Words words) throws Exception {
    return MpiProcesses.start(launcher, 2, Anymod.class, words.toArray(String[]::new)).end(120);
  }

  /** The bulk commands, with the folder of a run of its own for each number of processes. */
  private static List<List<String>> commands(Path own) {
    List<String> recipe = recipe(own);
    Path data = tiny.output().resolve("data/val");
    return List.of(
        command("generate", recipe, "--data", data, "--input", "rgb", "--output", "depth,caption")
            .to(own.resolve("generated")),
        command("retrieve index", recipe, "--query", "rgb,caption", "--approximate")
            .to(own.resolve("index")),
        command("evaluate", recipe, "--samples", 4));
  }

  /** Words of a command line. */
  private static final class Words extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    List<String> to(Path target) {
      addAll(List.of("--to", target.toString()));
      return this;
    }
  }

  private static Words command(String name, List<String> recipe, Object... more) {
    Words words = new Words();
    words.addAll(List.of(name.split(" ")));
    words.addAll(recipe);
    Arrays.stream(more).map(Object::toString).forEach(words::add);
    return words;
  }

  private static Path copy(String name) throws IOException {
    Path own = folder.resolve(name);
    for (String part : List.of("checkpoints", "tokenizers", "logs")) {
      Files.createDirectories(own);
      FolderCopy.of(tiny.output().resolve(part), own.resolve(part));
    }
    return own;
  }

  /** Every file of a folder that must not depend on the number of processes. */
  private static Map<String, byte[]> files(Path own) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(own)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = own.relativize(file).toString();
        if (name.matches("(generated|index)/.*|matrix\\..*")) {
          files.put(name, Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  /** The report without the times. */
  private static JsonNode report(Path own) throws IOException {
    ObjectNode report =
        (ObjectNode) new ObjectMapper().readTree(own.resolve("report.json").toFile());
    ((ObjectNode) report.get("run")).remove("seconds");
    // What took how long is never the same.
    ((ObjectNode) report.get("facts")).remove("Wall time, all stages");
    report
        .get("sections")
        .forEach(
            section -> {
              if (section.path("title").asText().equals("Time")) {
                ((ObjectNode) section).remove("rows");
              }
            });
    return report;
  }

  @Test
  void anyNumberOfProcessesWritesTheSame() throws Exception {
    Path one = copy("one");
    for (List<String> command : commands(one)) {
      CommandRun.of(command.toArray()).ok();
    }
    Map<String, byte[]> expected = files(one);
    assertThat(expected)
        .containsKeys("index/vectors-00002.npy", "index/checksums.json", "matrix.json")
        .hasSizeGreaterThan(2 * SAMPLES);
    for (int ranks : new int[] {2, 3}) {
      Path own = copy("with-" + ranks);
      if (ranks == 3) {
        leaveSome(one, own);
      }
      Path list = folder.resolve("commands-" + ranks);
      Files.write(list, commands(own).stream().map(c -> String.join("\t", c)).toList());
      MpiLauncher launcher = launchers.get(ranks == 2 ? 0 : launchers.size() - 1);
      Ended ended =
          MpiProcesses.start(launcher, ranks, RankedCommands.class, list.toString()).end(300);
      assertThat(ended.code()).as(ended.output()).isZero();
      Map<String, byte[]> found = files(own);
      assertThat(found.keySet()).isEqualTo(expected.keySet());
      found.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
      assertThat(report(own)).isEqualTo(report(one));
      // Rank 0 alone speaks, and of what was missing only.
      List<String> written =
          ended.output().lines().filter(l -> l.endsWith(".txt") || l.endsWith(".png")).toList();
      assertThat(written.stream().filter(l -> l.startsWith(own.resolve("generated").toString())))
          .doesNotHaveDuplicates()
          .hasSize(ranks == 2 ? 2 * SAMPLES : 3);
      assertThat(ended.output()).containsOnlyOnce("skill: 1 is perfect");
    }
  }

  /** As calls leave them that were killed. */
  private static void leaveSome(Path from, Path to) throws IOException {
    FolderCopy.of(from.resolve("generated"), to.resolve("generated"));
    FolderCopy.of(from.resolve("index"), to.resolve("index"));
    for (String source : List.of("depth", "caption")) {
      try (Stream<Path> files = Files.list(to.resolve("generated").resolve(source))) {
        List<Path> sorted = files.sorted().collect(Collectors.toList());
        Files.delete(sorted.get(3));
        if (source.equals("depth")) {
          Files.delete(sorted.get(35));
        }
      }
    }
    Files.delete(to.resolve("index/vectors-00001.npy"));
    Files.delete(to.resolve("index/checksums.json"));
    Files.deleteIfExists(to.resolve("index/graph.jvector"));
    Files.deleteIfExists(to.resolve("index/graph.json"));
  }

  @ParameterizedTest
  @EnumSource
  void allStopWithTheReasonAndAnExitCodeWhereTrainingMeetsAFault(MpiLauncher launcher)
      throws Exception {
    launcher.assumeThere();
    Path own = FolderCopy.of(tiny.output(), folder.resolve("fault-" + launcher));
    String guard = "training={steps: 40, batch: 4, guard: {spike: 0.001, window: 16}}";
    Ended ended = together(launcher, command("train", recipe(own), "--set", guard));
    assertThat(ended.code()).as(ended.output()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.output()).contains("anymod: the loss is ", "above the limit of", "at step ");
    Matcher step = Pattern.compile("at step (\\d+);").matcher(ended.output());
    assertThat(step.find()).isTrue();
    String before = String.format(Locale.ROOT, "%08d", Integer.parseInt(step.group(1)) - 1);
    assertThat(own.resolve("checkpoints/checkpoint-" + before + ".json")).exists();
  }

  /** Such a decay makes weights nine times as large at each step. */
  @ParameterizedTest
  @EnumSource
  void allNameTheTokenizerWhoseLossIsNoNumber(MpiLauncher launcher) throws Exception {
    launcher.assumeThere();
    Words words = command("tokenizer train", recipe(folder.resolve("astray-" + launcher)));
    String tokenizer = "tokenizers." + EmbeddingRun.EMBEDDING;
    for (String setting : List.of("learning_rate=1", "warmup=0", "settings.weight_decay=10")) {
      words.addAll(List.of("--set", tokenizer + "." + setting));
    }
    Ended ended = together(launcher, words);
    assertThat(ended.code()).as(ended.output()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.output())
        .containsPattern("anymod: tokenizer tok_dinov2_global: the [a-z ]+ is \\S+ at step \\d")
        .contains("lower " + tokenizer + ".learning_rate or raise its warmup")
        .doesNotContain("internal error", "has failed");
  }
}
