package org.anymod.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
  @TempDir Path folder;

  @Test
  void saysWhatWasLookedForAndFound() throws IOException {
    Files.createDirectories(folder.resolve("words"));
    Files.createDirectories(folder.resolve("pictures"));
    assertThatThrownBy(() -> Datasets.open(folder, List.of("words", "depth")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("manifest.json")
        .hasMessageContaining("[words, depth]")
        .hasMessageContaining("found the folders [pictures, words]");
    assertThatThrownBy(() -> Datasets.open(folder.resolve("none"), List.of("words")))
        .hasMessageContaining("no such folder");
    assertThatThrownBy(() -> Datasets.open(folder.resolve("words"), List.of()))
        .hasMessageContaining("found no folders");
    assertThatThrownBy(() -> Datasets.open(folder, List.of("words")))
        .hasMessageContaining("holds no samples");
  }

  @Test
  void opensAllSourcesWhenNoneIsNamed() throws IOException {
    ShardWriterTest.write(folder.resolve("shards"), 2, 1);
    put("folders/b/1.txt", "folders/a/1.txt");
    try (Samples shards = Datasets.open(folder.resolve("shards"), List.of());
        Samples folders = Datasets.open(folder.resolve("folders"), List.of())) {
      assertThat(shards.sources()).containsExactly("picture", "words");
      assertThat(folders.sources()).containsExactly("a", "b");
    }
  }

  @Test
  void namesTheSourcesThatShardsHave() throws IOException {
    ShardWriterTest.write(folder, 2, 1);
    Files.createDirectory(folder.resolve("half"));
    assertThatThrownBy(() -> Datasets.open(folder, List.of("depth")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("no source 'depth'; it has [picture, words]");
    assertThatThrownBy(() -> Datasets.open(folder, List.of("half")))
        .hasMessageContaining("never finished");
  }

  @Test
  void refusesShardsThatAreMissingOrTruncated() throws IOException {
    ShardWriterTest.write(folder, 4, 2);
    Path shard = folder.resolve("words/shard-00001.tar");
    byte[] bytes = Files.readAllBytes(shard);
    Files.write(shard, java.util.Arrays.copyOf(bytes, bytes.length - 512));
    assertThatThrownBy(() -> Datasets.open(folder, List.of("words")))
        .hasMessageContaining("words/shard-00001.tar has " + (bytes.length - 512) + " bytes")
        .hasMessageContaining("promises " + bytes.length);
    Files.delete(shard);
    assertThatThrownBy(() -> Datasets.open(folder, List.of("words")))
        .hasMessageContaining("is missing");
    try (Samples samples = Datasets.open(folder, List.of("picture"))) {
      assertThat(samples.size()).isEqualTo(4);
    }
  }

  @Test
  void refusesShardsThatAreNotWhatTheManifestPromises() throws IOException {
    ShardWriterTest.write(folder, 2, 2);
    Path other = folder.resolve("other");
    try (ShardWriter writer = new ShardWriter(other, "o", List.of("picture", "words"), 2)) {
      writer.add("part/s1", ShardWriterTest.entries(0));
      writer.add("part/s0", ShardWriterTest.entries(1));
      writer.finish();
    }
    Files.copy(
        other.resolve("words/shard-00000.tar"),
        folder.resolve("words/shard-00000.tar"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    try (Samples samples = Datasets.open(folder, List.of("picture", "words"))) {
      assertThat(samples.name(1)).isEqualTo("part/s1");
      assertThatThrownBy(() -> samples.read("words", 0))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("words/shard-00000.tar")
          .hasMessageContaining("promises");
    }
  }

  @Test
  void refusesSourcesWhoseNamesDiverge() throws IOException {
    ShardWriterTest.write(folder, 2, 1);
    Path manifest = folder.resolve("manifest.json");
    String text = Files.readString(manifest);
    String digest = DatasetManifest.read(folder).sources().get("words").get(1).names();
    int last = text.lastIndexOf(digest);
    Files.writeString(
        manifest, text.substring(0, last) + "0".repeat(64) + text.substring(last + 64));
    assertThatThrownBy(() -> Datasets.open(folder, List.of("picture", "words")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("shard 1 of the sources picture and words");
  }

  @Test
  void refusesAManifestThatLeadsOutOfTheFolder() throws IOException {
    ShardWriterTest.write(folder.resolve("in"), 1, 1);
    Path manifest = folder.resolve("in/manifest.json");
    String text = Files.readString(manifest);
    for (String[] change :
        new String[][] {
          {"\"shard-00000.tar\"", "\"../../x.tar\"", "no name of a shard"},
          {"\"words\"", "\"../words\"", "no folder name"},
          {"\"samples\" : 1,\n  \"sources\"", "\"samples\" : 2,\n  \"sources\"", "hold 1 samples"},
          {"\"version\" : 1", "\"version\" : 9", "version is 9"},
          {"anymod-dataset", "other", "format is 'other'"},
          {"\"bytes\" : ", "\"bytes\" : -", "bytes is -"},
          {"\"name\" : \"test\"", "\"name\" : null", "name"},
          {"{", "[", "manifest.json:1"}
        }) {
      Files.writeString(
          manifest, text.replaceFirst(java.util.regex.Pattern.quote(change[0]), change[1]));
      assertThatThrownBy(() -> Datasets.open(folder.resolve("in"), List.of("words")))
          .as(change[1])
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining(change[2]);
    }
  }

  @Test
  void refusesShardsThatAreLinksOutOfTheRoot() throws IOException {
    Path root = folder.resolve("in");
    ShardWriterTest.write(root, 1, 1);
    Path moved = folder.resolve("moved.tar");
    Files.move(root.resolve("words/shard-00000.tar"), moved);
    Files.createSymbolicLink(root.resolve("words/shard-00000.tar"), moved);
    assertThatThrownBy(() -> Datasets.open(root, List.of("words")))
        .hasMessageContaining("outside of");
  }

  @Test
  void readsFromManyThreads() throws Exception {
    ShardWriterTest.write(folder, 60, 7);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Samples samples = Datasets.open(folder, List.of())) {
      List<Future<String>> read = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        int index = i * 7 % 60;
        read.add(
            threads.submit(
                () -> new String(samples.read("words", index).bytes(), StandardCharsets.UTF_8)));
      }
      for (int i = 0; i < 600; i++) {
        assertThat(read.get(i).get()).isEqualTo("words of sample " + i * 7 % 60);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void takesAndReordersSamples() throws IOException {
    ShardWriterTest.write(folder, 5, 2);
    try (Samples samples = Datasets.open(folder, List.of("words"))) {
      assertThat(names(samples.take(2))).containsExactly("part/s0", "part/s1");
      assertThat(samples.take(99).size()).isEqualTo(5);
      Samples some = samples.subset(4, 0, 4);
      assertThat(names(some)).containsExactly("part/s4", "part/s0", "part/s4");
      assertThat(some.read("words", 0).fileName()).isEqualTo("part/s4.txt");
      assertThat(some.has("words", 2)).isTrue();
      assertThatThrownBy(() -> samples.subset(5)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> samples.name(5)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> samples.read("words", -1))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void joinsTwoRootsByNameWhateverTheirOrder() throws IOException {
    try (ShardWriter writer = new ShardWriter(folder.resolve("a"), "a", List.of("words"), 2)) {
      for (String name : List.of("9", "10", "1")) {
        writer.add(
            name,
            java.util.Map.of("words", new Entry("x.txt", name.getBytes(StandardCharsets.UTF_8))));
      }
      writer.finish();
    }
    put("b/tokens/1.npy", "b/tokens/10.npy", "b/tokens/9.npy");
    try (Samples joined =
        Samples.join(
            Datasets.open(folder.resolve("a"), List.of()),
            Datasets.open(folder.resolve("b"), List.of()))) {
      assertThat(names(joined)).containsExactly("9", "10", "1");
      assertThat(joined.sources()).containsExactly("words", "tokens");
      for (int i = 0; i < 3; i++) {
        assertThat(joined.read("tokens", i).fileName()).isEqualTo(joined.name(i) + ".npy");
        assertThat(joined.read("words", i).fileName()).isEqualTo(joined.name(i) + ".txt");
        assertThat(joined.has("tokens", i)).isTrue();
      }
    }
  }

  @Test
  void refusesToJoinOtherSamplesOrTheSameSource() throws IOException {
    put("a/words/1.txt", "a/words/2.txt", "b/tokens/2.npy", "b/tokens/3.npy");
    Samples words = Datasets.open(folder.resolve("a"), List.of());
    Samples tokens = Datasets.open(folder.resolve("b"), List.of());
    assertThatThrownBy(() -> Samples.join(words, tokens))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("missing from the second: 1 (1)")
        .hasMessageContaining("missing from the first: 1 (3)");
    assertThatThrownBy(() -> Samples.join(words, words)).hasMessageContaining("both datasets have");
    assertThatThrownBy(() -> Samples.join(words.subset(0, 0), tokens))
        .hasMessageContaining("two samples '1'");
  }

  private void put(String... files) throws IOException {
    for (String file : files) {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, file);
    }
  }

  private static List<String> names(Samples samples) {
    return IntStream.range(0, samples.size()).mapToObj(samples::name).toList();
  }
}
