package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL and SIGTERM, given to real processes that make tokens. */
@DisabledOnOs(OS.WINDOWS)
class KilledTokenizingTest {
  private static final int SAMPLES = 32;
  private static final String SHARDS = "data.samples_per_shard=1";

  @TempDir Path folder;

  @Test
  void endsWithTheBytesOfARunThatNobodyKilled() throws Exception {
    TinyRun tiny = TinyRun.in(folder);
    prepare(tiny);
    Path copy = FolderCopy.of(tiny.output(), folder.resolve("undisturbed"));
    StreamRandom random = StreamRandom.at(5, "kill");
    for (int i = 0; i < 2; i++) {
      int shards = 2 + 9 * i + random.nextInt(5);
      assertThat(start(tiny, "KILL", shards, random.nextInt(10))).isEqualTo(128 + 9);
      assertThat(tiny.output().resolve("tokens/train/manifest.json")).doesNotExist();
    }
    assertThat(start(tiny, "TERM", 23, 0)).isEqualTo(128 + 15);

    CommandRun resumed = tiny.command("tokenize", "--set", SHARDS);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    CommandRun whole = tiny.command("tokenize", "--set", SHARDS, "--set", "output=" + copy);
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    Map<String, byte[]> expected = files(copy.resolve("tokens"));
    assertThat(expected)
        .hasSizeGreaterThan(4 * SAMPLES)
        .containsKeys("train/manifest.json", "train/tok_depth@32/contract.json");
    Map<String, byte[]> found = files(tiny.output().resolve("tokens"));
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
  }

  private static void prepare(TinyRun tiny) {
    Path data = tiny.output().resolve("data");
    CommandRun made =
        CommandRun.of(
            "data", "toyworld", "--output", data, "--train", SAMPLES, "--val", 2, "--size", 32);
    assertThat(made.exitCode()).as(made.err()).isZero();
    CommandRun trained = tiny.command("tokenizer train");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
  }

  /** Every file, hidden ones too, so that nothing of a dead process is overlooked. */
  private static Map<String, byte[]> files(Path root) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  /** Starts the command, sends it a signal some time after a shard, and returns its exit code. */
  private static int start(TinyRun tiny, String signal, int shards, int millis) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dai.djl.offline=true", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of("org.anymod.cli.Anymod", "tokenize", tiny.recipe().toString()));
    command.addAll(List.of("--set", SHARDS, "--plugins", tiny.plugins().toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    StringBuilder said = new StringBuilder();
    Thread reader = new Thread(() -> read(process, said));
    reader.start();
    Path folder = tiny.output().resolve("tokens/train/tok_depth@32");
    while (process.isAlive() && count(folder) < shards) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    TimeUnit.MILLISECONDS.sleep(millis);
    assertThat(process.isAlive()).as(said.toString()).isTrue();
    String pid = Long.toString(process.pid());
    new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    reader.join();
    if (signal.equals("TERM")) {
      assertThat(said).contains("stopped in shard", "the next call goes on from its start");
    }
    return process.exitValue();
  }

  private static int count(Path folder) {
    String[] names = folder.toFile().list();
    return names == null
        ? 0
        : (int) Arrays.stream(names).filter(name -> name.endsWith(".tar")).count();
  }

  private static void read(Process process, StringBuilder said) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(line -> said.append(line).append('\n'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
