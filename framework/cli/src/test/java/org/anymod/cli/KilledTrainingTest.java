package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL and SIGTERM, given to real processes. */
@DisabledOnOs(OS.WINDOWS)
class KilledTrainingTest {
  private static final int STEPS = 48;
  private static final List<String> SETTINGS =
      List.of(
          "training.steps=" + STEPS,
          "training.checkpoint_every=3",
          "training.ema.decay=0.9",
          "training.lazy_embeddings=true");
  private static final Pattern STEP = Pattern.compile("train: (\\d+)/.*");

  @TempDir Path folder;

  @Test
  void endsWithTheBitsOfARunThatNobodyKilled() throws Exception {
    TinyRun tiny = TinyRun.in(folder);
    prepare(tiny);
    Path copy = FolderCopy.of(tiny.output(), folder.resolve("undisturbed"));
    StreamRandom random = StreamRandom.at(7, "kill");
    for (int i = 0; i < 3; i++) {
      int from = 4 + 12 * i + random.nextInt(8);
      assertThat(start(tiny, "KILL", from, random.nextInt(40))).isEqualTo(128 + 9);
    }
    assertThat(start(tiny, "TERM", 40, 0)).isEqualTo(128 + 15);

    CommandRun resumed = tiny.command("train", set());
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).doesNotContain("damaged");
    CommandRun whole = tiny.command("train", set("output=" + copy));
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    for (String part : List.of("model", "average", "training")) {
      String file = "checkpoints/" + part + "-000000" + STEPS + ".safetensors";
      assertThat(tiny.output().resolve(file)).hasSameBinaryContentAs(copy.resolve(file));
    }
    assertThat(tiny.output().resolve("logs/train.jsonl"))
        .hasSameTextualContentAs(copy.resolve("logs/train.jsonl"));
  }

  private static Object[] set(String... more) {
    List<Object> words = new ArrayList<>();
    List<String> settings = new ArrayList<>(SETTINGS);
    settings.addAll(List.of(more));
    for (String setting : settings) {
      words.add("--set");
      words.add(setting);
    }
    return words.toArray();
  }

  private static void prepare(TinyRun tiny) {
    Path data = tiny.output().resolve("data");
    CommandRun made =
        CommandRun.of("data", "toyworld", "--output", data, "--train", 8, "--val", 2, "--size", 32);
    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(tiny.command("tokenizer train").exitCode()).isZero();
    assertThat(tiny.command("tokenize").exitCode()).isZero();
  }

  /** Starts a training, sends it a signal some time after a step, and returns its exit code. */
  private static int start(TinyRun tiny, String signal, int step, int millis) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                "org.anymod.cli.Anymod",
                "train",
                tiny.recipe().toString(),
                "--plugins",
                tiny.plugins().toString()));
    for (Object word : set()) {
      command.add(word.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      boolean sent = false;
      String line = lines.readLine();
      while (line != null) {
        said.append(line).append('\n');
        Matcher matcher = STEP.matcher(line);
        if (!sent && matcher.matches() && Integer.parseInt(matcher.group(1)) >= step) {
          TimeUnit.MILLISECONDS.sleep(millis);
          String pid = Long.toString(process.pid());
          new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
          sent = true;
        }
        line = lines.readLine();
      }
      assertThat(sent).as(said.toString()).isTrue();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    if (signal.equals("TERM")) {
      assertThat(said).contains("stopping at the next safe point", "stopped after step");
    }
    return process.exitValue();
  }

  @Test
  void aFaultEndsWithExitCodeOneAndNamesItsSamples() throws IOException {
    TinyRun tiny = TinyRun.in(folder);
    prepare(tiny);
    CommandRun run = tiny.command("train", set("training.guard.spike=1.0e-3"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .contains("anymod: the loss is ", "at step 18; ", "failure-00000018.json names the samples")
        .doesNotContain("internal error");
    assertThat(Files.readString(tiny.output().resolve("logs/failure-00000018.json")))
        .contains("\"samples\" : [ \"");
    CommandRun again = tiny.command("train", set());
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err()).contains("train: 18/" + STEPS).doesNotContain("train: 17/" + STEPS);
  }
}
