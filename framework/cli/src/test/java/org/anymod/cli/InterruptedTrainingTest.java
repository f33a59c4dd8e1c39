package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, given to a real process. */
@DisabledOnOs(OS.WINDOWS)
class InterruptedTrainingTest {
  private static final int STEPS = 300;

  @TempDir Path folder;

  @Test
  void leavesACheckpointFromWhichTrainingGoesOnToTheSameBits() throws Exception {
    TinyRun tiny = TinyRun.in(folder);
    prepare(tiny);
    Path copy = FolderCopy.of(tiny.output(), folder.resolve("uninterrupted"));

    assertThat(interrupt(tiny)).isEqualTo(130);
    assertThat(modelFiles(tiny.output())).hasSize(1);
    long stoppedAt = lastStep(tiny.output());
    assertThat(stoppedAt).isBetween(1L, STEPS - 1L);

    CommandRun resumed = tiny.command("train", "--set", "training.steps=" + STEPS);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(steps(tiny.output()))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, STEPS).boxed().toList());
    assertThat(resumed.err())
        .contains("train: " + (stoppedAt + 1) + "/" + STEPS)
        .doesNotContain("train: " + stoppedAt + "/" + STEPS);

    String output = "output=" + copy;
    CommandRun whole = tiny.command("train", "--set", "training.steps=" + STEPS, "--set", output);
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    assertThat(last(tiny.output())).hasSameBinaryContentAs(last(copy));
  }

  private static void prepare(TinyRun tiny) {
    CommandRun data =
        CommandRun.of(
            "data",
            "toyworld",
            "--output",
            tiny.output().resolve("data"),
            "--train",
            12,
            "--val",
            4,
            "--size",
            32);
    assertThat(data.exitCode()).as(data.err()).isZero();
    assertThat(tiny.command("tokenizer train").exitCode()).isZero();
    CommandRun tokens = tiny.command("tokenize");
    assertThat(tokens.exitCode()).as(tokens.err()).isZero();
  }

  private static int interrupt(TinyRun tiny) throws Exception {
    List<String> command = new ArrayList<>(Sigint.heard());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dai.djl.offline=true", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("org.anymod.cli.Anymod", "train", tiny.recipe().toString()));
    command.addAll(List.of("--set", "training.steps=" + STEPS));
    command.addAll(List.of("--plugins", tiny.plugins().toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        said.append(line).append('\n');
        if (line.startsWith("train: 2/")) {
          new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        }
        line = lines.readLine();
      }
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("stopping at the next safe point").contains("stopped after step");
    return process.exitValue();
  }

  private static List<Long> steps(Path output) throws IOException {
    ObjectMapper json = new ObjectMapper();
    try (Stream<String> lines = Files.lines(output.resolve("logs/train.jsonl"))) {
      return lines
          .map(
              line -> {
                try {
                  return json.readTree(line).get("step").asLong();
                } catch (IOException e) {
                  throw new IllegalStateException(line, e);
                }
              })
          .toList();
    }
  }

  private static long lastStep(Path output) throws IOException {
    List<Long> steps = steps(output);
    return steps.get(steps.size() - 1);
  }

  private static List<Path> modelFiles(Path output) throws IOException {
    try (Stream<Path> files = Files.list(output.resolve("checkpoints"))) {
      return files.filter(f -> f.getFileName().toString().startsWith("model-")).sorted().toList();
    }
  }

  private static Path last(Path output) throws IOException {
    List<Path> files = modelFiles(output);
    return files.get(files.size() - 1);
  }
}
