package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void makeData() {
    data = folder.resolve("data");
    CommandRun run =
        CommandRun.of("data", "toyworld", "--output", data, "--train", 5, "--val", 2, "--size", 16);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void importedTokensNeedTheTokenizersThatMadeThem(@TempDir Path work) throws IOException {
    TinyRun run = TinyRun.in(work);
    CommandRun early = run.command("data import-tokens", "--from", work);
    assertThat(early.exitCode()).isEqualTo(2);
    assertThat(early.err()).contains("anymod tokenizer train");
    CommandRun other = run.command("data import-tokens", "--from", work, "--split", "test");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("--split is 'test', allowed: [train, val]");
  }

  @Test
  void toyWorldWritesTwoSplitsWithoutCommonScenes() throws IOException {
    assertThat(names("train")).hasSize(5).doesNotContainAnyElementsOf(names("val"));
    assertThat(names("val")).hasSize(2);
  }

  @Test
  void toyWorldWritesChosenModalitiesAndThoseOfPlugins() throws IOException {
    Path few = folder.resolve("few");
    Object[] size = {"--train", 2, "--val", 0, "--size", 32};
    CommandRun chosen = toyworld(few, size, "--modalities", "normal,det", "--no-people");
    assertThat(chosen.exitCode()).as(chosen.err()).isZero();
    assertThat(few.resolve("train"))
        .isDirectoryNotContaining(p -> !p.endsWith("normal") && !p.endsWith("det"));
    assertThat(few.resolve("FEATURES.txt")).doesNotExist();

    Path all = folder.resolve("all");
    Path plugins = ShippedPlugins.in(folder);
    CommandRun every = toyworld(all, size, "--modalities", "all", "--plugins", plugins);
    assertThat(every.exitCode()).as(every.err()).isZero();
    assertThat(all.resolve("train/canny_edge/00000001.png")).isNotEmptyFile();
    assertThat(all.resolve("train/color_palette/00000001.json")).isNotEmptyFile();
    assertThat(all.resolve("train/human_poses/00000001.json")).isNotEmptyFile();
    assertThat(all.resolve("FEATURES.txt")).content().contains("stand-ins");
    assertThat(CommandRun.of("data", "inspect", all.resolve("train")).out()).contains("2 samples");
  }

  @Test
  void unknownModalitiesOfTheToyWorldAreUserErrors() throws IOException {
    Path plugins = ShippedPlugins.in(folder);
    CommandRun run =
        toyworld(folder.resolve("x"), new Object[] {"--modalities", "sound"}, "--plugins", plugins);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--modalities has 'sound', allowed: all, canny_edge, caption");
  }

  private static CommandRun toyworld(Path output, Object[] some, Object... more) {
    List<Object> words = new ArrayList<>(List.of("data", "toyworld", "--output", output));
    words.addAll(List.of(some));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray());
  }

  @Test
  void inspectCountsAsTextAndAsJson() throws IOException {
    CommandRun text = CommandRun.of("data", "inspect", data.resolve("train"));
    assertThat(text.out()).startsWith("train: 5 samples in folders").contains("5 .png");
    CommandRun json = CommandRun.of("data", "inspect", data.resolve("train"), "--format", "json");
    JsonNode root = new ObjectMapper().readTree(json.out());
    assertThat(root.path("samples").asInt()).isEqualTo(5);
    assertThat(root.path("layout").asText()).isEqualTo("folders");
    assertThat(root.path("sources").path(0).path("has_contract").isBoolean()).isTrue();
  }

  @Test
  void packedDataIsSoundUntilAShardIsCut() throws IOException {
    Path shards = folder.resolve("shards");
    CommandRun pack = CommandRun.of("data", "pack", data.resolve("train"), shards, "--shard", 2);
    assertThat(pack.exitCode()).as(pack.err()).isZero();
    assertThat(pack.out()).contains("5 samples in shards");
    assertThat(CommandRun.of("data", "verify", shards).exitCode()).isZero();

    Path shard = anyShard(shards);
    try (RandomAccessFile file = new RandomAccessFile(shard.toFile(), "rw")) {
      file.setLength(700);
    }
    CommandRun verify = CommandRun.of("data", "verify", shards);
    assertThat(verify.exitCode()).isEqualTo(1);
    assertThat(verify.out()).contains(shard.getFileName().toString());
  }

  @Test
  void impossibleSizesAreUserErrors() {
    CommandRun run = CommandRun.of("data", "toyworld", "--output", data, "--size", 3);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("anymod: size is 3, must be 16 to 2048");
  }

  private List<String> names(String split) throws IOException {
    try (Stream<Path> sources = Files.list(data.resolve(split));
        Stream<Path> files = Files.list(sources.sorted().findFirst().orElseThrow())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Path anyShard(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".tar"))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }
}
