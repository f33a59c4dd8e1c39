package org.anymod.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardSelectionTest {
  @TempDir Path root;

  @BeforeEach
  void writeShards() throws IOException {
    try (ShardWriter writer = new ShardWriter(root, "test", List.of("a", "b"), 2)) {
      for (int i = 0; i < 6; i++) {
        String name = "n" + i;
        writer.add(
            name,
            Map.of(
                "a", new Entry(name + ".txt", bytes("a" + i)),
                "b", new Entry(name + ".json", bytes("b" + i))));
      }
      writer.finish();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void readsTheNamedShardsInTheirOrder() throws IOException {
    ShardNotation notation = ShardNotation.parse("[a,b]/shard-{00002,00000}.tar");
    try (Samples samples = Datasets.openShards(root, List.of("b"), notation)) {
      assertThat(samples.size()).isEqualTo(4);
      assertThat(samples.name(0)).isEqualTo("n4");
      assertThat(samples.read("b", 3).bytes()).isEqualTo(bytes("b1"));
    }
  }

  @Test
  void readsShardsThatNoManifestLists() throws IOException {
    Files.delete(root.resolve("manifest.json"));
    ShardNotation notation = ShardNotation.parse("shard-{00000..00002}.tar");
    try (Samples samples = Datasets.openShards(root, List.of("a", "b"), notation)) {
      assertThat(samples.size()).isEqualTo(6);
      assertThat(samples.read("a", 5).bytes()).isEqualTo(bytes("a5"));
    }
  }

  @Test
  void saysWhichShardOrFolderIsMissing() throws IOException {
    ShardNotation five = ShardNotation.parse("shard-{00000..00004}.tar");
    assertThatThrownBy(() -> Datasets.openShards(root, List.of("a"), five))
        .hasMessageContaining("does not list 2 (shard-00003.tar, shard-00004.tar) of a");
    Files.delete(root.resolve("manifest.json"));
    assertThatThrownBy(() -> Datasets.openShards(root, List.of("a"), five))
        .hasMessageContaining("shard-00003.tar is missing");
    ShardNotation onlyA = ShardNotation.parse("[a]/shard-00000.tar");
    assertThatThrownBy(() -> Datasets.openShards(root, List.of("a", "b"), onlyA))
        .hasMessageContaining("the shards are of [a], needed are [a, b]");
  }

  @Test
  void refusesSourcesWhoseShardsDiverge() throws IOException {
    Files.delete(root.resolve("manifest.json"));
    Path b = root.resolve("b");
    Files.move(
        b.resolve("shard-00001.tar"),
        b.resolve("shard-00000.tar"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(
            () ->
                Datasets.openShards(
                    root, List.of("a", "b"), ShardNotation.parse("shard-00000.tar")))
        .hasMessageContaining("shard 0 of the sources a and b does not hold the same samples");
  }

  @Test
  void seesDatasetsBehindEachOtherWithTheirOwnSources() throws IOException {
    Samples both =
        Datasets.openShards(root, List.of("a", "b"), ShardNotation.parse("shard-00000.tar"));
    Samples onlyB = Datasets.openShards(root, List.of("b"), ShardNotation.parse("shard-00002.tar"));
    Samples empty = both.subset();
    try (Samples all = Samples.concatenate(List.of(empty, onlyB, both))) {
      assertThat(all.sources()).containsExactly("a", "b");
      assertThat(all.size()).isEqualTo(4);
      assertThat(all.name(1)).isEqualTo("n5");
      assertThat(all.has("a", 1)).isFalse();
      assertThat(all.has("a", 2)).isTrue();
      assertThat(all.read("a", 2).bytes()).isEqualTo(bytes("a0"));
      assertThatThrownBy(() -> all.read("a", 1))
          .hasMessageContaining("the dataset of the sample 'n5' has no source 'a'");
    }
  }
}
