package org.anymod.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardWriterTest {
  private static final List<String> SOURCES = List.of("picture", "words");

  @TempDir Path folder;

  @Test
  void readsBackWhatItWrote() throws IOException {
    write(folder, 7, 3);

    try (Samples samples = Datasets.open(folder, SOURCES)) {
      assertThat(samples.size()).isEqualTo(7);
      assertThat(samples.sources()).isEqualTo(SOURCES);
      for (int i = 0; i < 7; i++) {
        assertThat(samples.name(i)).isEqualTo("part/s" + i);
        Entry picture = samples.read("picture", i);
        assertThat(picture.fileName()).isEqualTo("part/s" + i + ".png");
        assertThat(picture.bytes()).isEqualTo(picture(i));
        assertThat(samples.read("words", i).bytes()).isEqualTo(words(i));
        assertThat(samples.has("words", i)).isTrue();
      }
    }
  }

  @Test
  void splitsIntoShardsOfTheAskedSize() throws IOException {
    write(folder, 7, 3);
    DatasetManifest manifest = DatasetManifest.read(folder);
    assertThat(manifest.name()).isEqualTo("test");
    assertThat(manifest.samples()).isEqualTo(7);
    assertThat(manifest.sources().get("words"))
        .extracting(DatasetManifest.Shard::samples)
        .containsExactly(3, 3, 1);
    assertThat(files(folder.resolve("words")))
        .containsExactly("shard-00000.tar", "shard-00001.tar", "shard-00002.tar");
  }

  @Test
  void givesTheSameBytesEachTime() throws IOException {
    write(folder.resolve("a"), 5, 2);
    write(folder.resolve("b"), 5, 2);
    for (String file :
        List.of("manifest.json", "picture/shard-00000.tar", "words/shard-00002.tar")) {
      assertThat(folder.resolve("b").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("a").resolve(file));
    }
  }

  @Test
  void keepsLongAndForeignNames() throws IOException {
    String name = "überlang/" + "x".repeat(180) + "/日本語";
    try (ShardWriter writer = new ShardWriter(folder, "test", SOURCES, 2)) {
      writer.add(name, entries(0));
      writer.add("short", entries(1));
      writer.finish();
    }
    try (Samples samples = Datasets.open(folder, SOURCES)) {
      assertThat(samples.name(0)).isEqualTo(name);
      assertThat(samples.read("words", 0).bytes()).isEqualTo(words(0));
      assertThat(samples.read("words", 1).bytes()).isEqualTo(words(1));
    }
  }

  @Test
  void goesOnAfterAKillBetweenShards() throws IOException {
    write(folder.resolve("whole"), 7, 3);
    Path killed = folder.resolve("killed");
    ShardWriter first = new ShardWriter(killed, "test", SOURCES, 3);
    for (int i = 0; i < 5; i++) {
      first.add("part/s" + i, entries(i));
    }
    // Not closed: a killed process leaves its temporary files behind, too.
    assertThat(files(killed.resolve("picture"))).contains("shard-00001.tar.tmp");
    assertThatThrownBy(() -> Datasets.open(killed, SOURCES)).hasMessageContaining("interrupted");

    try (ShardWriter second = new ShardWriter(killed, "test", SOURCES, 3)) {
      assertThat(second.isShardDone(0)).isTrue();
      assertThat(second.isShardDone(1)).isFalse();
      second.startShard(1);
      for (int i = (int) second.firstSample(1); i < 7; i++) {
        second.add("part/s" + i, entries(i));
      }
      second.finish();
    }

    for (String file :
        List.of("manifest.json", "picture/shard-00001.tar", "words/shard-00002.tar")) {
      assertThat(killed.resolve(file))
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
    }
    assertThat(files(killed.resolve("picture"))).noneMatch(name -> name.endsWith(".tmp"));
  }

  @Test
  void finishesWhenAKillLeftOnlyTheManifestToWrite() throws IOException {
    write(folder, 5, 2);
    byte[] manifest = Files.readAllBytes(folder.resolve("manifest.json"));
    Files.delete(folder.resolve("manifest.json"));
    try (ShardWriter writer = new ShardWriter(folder, "test", SOURCES, 2)) {
      for (int shard = 0; shard < 3; shard++) {
        assertThat(writer.isShardDone(shard)).isTrue();
      }
      writer.finish();
    }
    assertThat(folder.resolve("manifest.json")).hasBinaryContent(manifest);
  }

  @Test
  void rewritesAShardThatOnlySomeSourcesHave() throws IOException {
    try (ShardWriter writer = new ShardWriter(folder, "test", SOURCES, 3)) {
      for (int i = 0; i < 3; i++) {
        writer.add("part/s" + i, entries(i));
      }
    }
    Files.delete(folder.resolve("words/shard-00000.tar"));
    write(folder, 4, 3);
    assertThat(DatasetTools.verify(folder)).isEmpty();
  }

  @Test
  void comparesWhatIsAddedAgainWithWhatIsThere() throws IOException {
    try (ShardWriter writer = new ShardWriter(folder, "test", SOURCES, 2)) {
      writer.add("a", entries(0));
      writer.add("b", entries(1));
    }
    try (ShardWriter again = new ShardWriter(folder, "test", SOURCES, 2)) {
      again.add("a", entries(0));
      assertThatThrownBy(() -> again.add("b", entries(2)))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("shard-00000.tar")
          .hasMessageContaining("different content");
    }
    try (ShardWriter other = new ShardWriter(folder, "test", SOURCES, 2)) {
      assertThatThrownBy(() -> other.add("c", entries(0)))
          .hasMessageContaining("different content");
    }
  }

  @Test
  void noticesThatTheSplitChangedSinceTheInterruption() throws IOException {
    try (ShardWriter writer = new ShardWriter(folder, "test", SOURCES, 2)) {
      writer.add("part/s0", entries(0));
      writer.add("part/s1", entries(1));
    }
    assertThatThrownBy(() -> write(folder, 4, 3)).hasMessageContaining("ends after 2 samples");
  }

  @Test
  void refusesShardsBeyondTheEnd() throws IOException {
    try (ShardWriter writer = new ShardWriter(folder, "test", SOURCES, 1)) {
      writer.add("part/s0", entries(0));
      writer.add("part/s1", entries(1));
    }
    assertThatThrownBy(() -> write(folder, 1, 1))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("beyond the end")
        .hasMessageContaining("shard-00001.tar");
  }

  @Test
  void sharesTheWorkAmongWriters() throws IOException {
    write(folder.resolve("alone"), 6, 2);
    Path shared = folder.resolve("shared");
    for (int worker = 0; worker < 2; worker++) {
      try (ShardWriter writer = new ShardWriter(shared, "test", SOURCES, 2)) {
        for (int shard = worker; shard < 3; shard += 2) {
          writer.startShard(shard);
          writer.add("part/s" + 2 * shard, entries(2 * shard));
          writer.add("part/s" + (2 * shard + 1), entries(2 * shard + 1));
        }
      }
    }
    try (ShardWriter last = new ShardWriter(shared, "test", SOURCES, 2)) {
      last.startShard(3);
      last.finish();
    }
    assertThat(shared.resolve("manifest.json"))
        .hasSameBinaryContentAs(folder.resolve("alone/manifest.json"));
  }

  @Test
  void addsSourcesWithTheSameNamesAndSplit() throws IOException {
    write(folder, 5, 2);
    try (ShardWriter writer = ShardWriter.adding(folder, List.of("tokens@64"))) {
      assertThat(writer.firstSample(2)).isEqualTo(4);
      for (int i = 0; i < 5; i++) {
        writer.add("part/s" + i, Map.of("tokens@64", new Entry("any.npy", words(100 + i))));
      }
      writer.finish();
    }
    try (Samples samples = Datasets.open(folder, List.of("tokens@64", "picture"))) {
      assertThat(samples.size()).isEqualTo(5);
      assertThat(samples.read("tokens@64", 4).bytes()).isEqualTo(words(104));
      assertThat(samples.read("picture", 4).bytes()).isEqualTo(picture(4));
    }
    assertThat(DatasetTools.verify(folder)).isEmpty();
  }

  @Test
  void twoWritersCanAddAtTheSameTime() throws Exception {
    write(folder, 6, 2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<?>> running = new ArrayList<>();
    for (String source : List.of("first", "second")) {
      running.add(
          threads.submit(
              () -> {
                try (ShardWriter writer = ShardWriter.adding(folder, List.of(source))) {
                  for (int i = 0; i < 6; i++) {
                    writer.add("part/s" + i, Map.of(source, new Entry("x.txt", words(i))));
                  }
                  writer.finish();
                }
                return null;
              }));
    }
    for (Future<?> thread : running) {
      thread.get();
    }
    threads.shutdown();
    assertThat(DatasetManifest.read(folder).sources().keySet())
        .containsExactly("first", "picture", "second", "words");
  }

  @Test
  void refusesToAddSamplesInAnotherOrderTooManyOrTooFew() throws IOException {
    write(folder, 3, 2);
    Map<String, Entry> entry = Map.of("new", new Entry("x.txt", words(0)));
    try (ShardWriter writer = ShardWriter.adding(folder, List.of("new"))) {
      assertThatThrownBy(() -> writer.add("part/s1", entry))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("'part/s0'")
          .hasMessageContaining("'part/s1'");
      writer.add("part/s0", entry);
      assertThatThrownBy(writer::finish).hasMessageContaining("has 1 samples");
      writer.add("part/s1", entry);
      assertThatThrownBy(writer::finish).hasMessageContaining("has more");
      writer.add("part/s2", entry);
      assertThatThrownBy(() -> writer.add("part/s3", entry)).hasMessageContaining("one too many");
      writer.finish();
    }
  }

  @Test
  void refusesToAddASourceTwice() throws IOException {
    write(folder, 1, 1);
    assertThatThrownBy(() -> ShardWriter.adding(folder, List.of("words")))
        .hasMessageContaining("already has the source 'words'");
    assertThatThrownBy(() -> ShardWriter.adding(folder.resolve("none"), List.of("words")))
        .hasMessageContaining("manifest.json");
  }

  @Test
  void refusesToOverwriteAFinishedDataset() throws IOException {
    write(folder, 1, 1);
    assertThatThrownBy(() -> new ShardWriter(folder, "again", SOURCES, 1))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("finished dataset 'test'");
  }

  @Test
  void refusesIncompleteSamplesAndBadNames() throws IOException {
    try (ShardWriter writer = new ShardWriter(folder, "test", SOURCES, 2)) {
      Map<String, Entry> half = Map.of("words", new Entry("x.txt", words(0)));
      assertThatThrownBy(() -> writer.add("a", half)).hasMessageContaining("[picture, words]");
      for (String name :
          List.of("", "/a", "../a", "a/../b", "a//b", "a.b", "a\nb", "a\\b", "__a__")) {
        assertThatThrownBy(() -> writer.add(name, entries(0)))
            .as(name)
            .isInstanceOf(IllegalArgumentException.class);
      }
      writer.add("a", entries(0));
      assertThatThrownBy(() -> writer.add("a", entries(0)))
          .hasMessageContaining("two samples are called 'a'");
      assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
    }
    for (String source : List.of("", "..", "a/b", ".hidden", "-x", "a b")) {
      assertThatThrownBy(() -> new ShardWriter(folder, "test", List.of(source), 2))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesAnEmptyDataset() throws IOException {
    try (ShardWriter writer = new ShardWriter(folder, "test", SOURCES, 2)) {
      assertThatThrownBy(writer::finish).hasMessageContaining("no sample was added");
    }
    assertThat(folder.resolve("manifest.json")).doesNotExist();
  }

  static void write(Path root, int samples, int samplesPerShard) throws IOException {
    try (ShardWriter writer = new ShardWriter(root, "test", SOURCES, samplesPerShard)) {
      for (int i = 0; i < samples; i++) {
        writer.add("part/s" + i, entries(i));
      }
      writer.finish();
    }
  }

  static Map<String, Entry> entries(int i) {
    return Map.of("picture", new Entry("x.png", picture(i)), "words", new Entry("x.txt", words(i)));
  }

  private static byte[] picture(int i) {
    byte[] bytes = new byte[500 + 37 * i];
    java.util.Arrays.fill(bytes, (byte) i);
    return bytes;
  }

  private static byte[] words(int i) {
    return ("words of sample " + i).getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> files(Path folder) throws IOException {
    try (java.util.stream.Stream<Path> children = Files.list(folder)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }
}
