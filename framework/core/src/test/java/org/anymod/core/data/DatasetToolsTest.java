package org.anymod.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetToolsTest {
  @TempDir Path folder;

  @Test
  void packsFoldersIntoShards() throws IOException {
    for (int i = 0; i < 5; i++) {
      put("from/picture/d/" + i + ".png", "from/words/d/" + i + ".txt");
    }
    Path from = folder.resolve("from");
    Path to = folder.resolve("to");
    TokenContract contract =
        new TokenContract(2, "k", "TokenGrid", 2, 1, 1, "0".repeat(64), "vq", "x", 0, 1, 1, 0, 0);
    contract.write(from.resolve("words"));
    List<Integer> progress = new ArrayList<>();

    DatasetReport report = DatasetTools.pack(from, to, "toy", List.of(), 2, progress::add);

    assertThat(progress).containsExactly(1, 2, 3, 4, 5);
    assertThat(report.layout()).isEqualTo(DatasetReport.Layout.SHARDS);
    assertThat(report.name()).isEqualTo("toy");
    assertThat(report.samples()).isEqualTo(5);
    assertThat(report.sources()).hasSize(2);
    DatasetReport.Source words = report.sources().get(1);
    assertThat(words.name()).isEqualTo("words");
    assertThat(words.shards()).isEqualTo(3);
    assertThat(words.extensions()).isEqualTo(Map.of("txt", 5));
    assertThat(words.bytes()).isPositive();
    assertThat(words.hasContract()).isTrue();
    assertThat(TokenContract.read(to.resolve("words"))).isEqualTo(contract);
    assertThat(DatasetTools.verify(to)).isEmpty();
    try (Samples raw = Datasets.open(from, List.of());
        Samples packed = Datasets.open(to, List.of())) {
      for (int i = 0; i < 5; i++) {
        assertThat(packed.name(i)).isEqualTo(raw.name(i));
        assertThat(packed.read("words", i).bytes()).isEqualTo(raw.read("words", i).bytes());
      }
    }
  }

  @Test
  void refusesToPackWhatCanNotBePacked() throws IOException {
    put("from/words/a.b.txt");
    Path from = folder.resolve("from");
    assertThatThrownBy(() -> pack(from, folder.resolve("to")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("'a.b' must not hold a dot")
        .hasMessageContaining("rename");
    assertThatThrownBy(() -> pack(from, from.resolve("shards")))
        .hasMessageContaining("neither may hold");
    ShardWriterTest.write(folder.resolve("done"), 1, 1);
    assertThatThrownBy(() -> pack(folder.resolve("done"), folder.resolve("to")))
        .hasMessageContaining("packed already");
  }

  @Test
  void inspectsFolders() throws IOException {
    put("words/1.txt", "words/2.TXT", "words/notes.md", "picture/2.png", "picture/3.jpg");
    DatasetReport report = DatasetTools.inspect(folder);
    assertThat(report.layout()).isEqualTo(DatasetReport.Layout.FOLDERS);
    assertThat(report.samples()).isEqualTo(3);
    assertThat(report.sources().get(0).extensions()).isEqualTo(Map.of("jpg", 1, "png", 1));
    assertThat(report.sources().get(1).extensions()).isEqualTo(Map.of("md", 1, "txt", 2));
    assertThat(report.sources().get(1).samples()).isEqualTo(2);
    assertThat(report.sources().get(1).hasContract()).isFalse();
  }

  @Test
  void indexesShardsFromElsewhere() throws IOException {
    ShardWriterTest.write(folder, 5, 2);
    byte[] manifest = Files.readAllBytes(folder.resolve("manifest.json"));
    Files.delete(folder.resolve("manifest.json"));
    assertThat(DatasetTools.index(folder, "test").samples()).isEqualTo(5);
    assertThat(folder.resolve("manifest.json")).hasBinaryContent(manifest);
    assertThatThrownBy(() -> DatasetTools.index(folder, "test")).hasMessageContaining("already");
  }

  @Test
  void refusesToIndexShardsThatDiverge() throws IOException {
    ShardWriterTest.write(folder, 4, 2);
    Files.delete(folder.resolve("manifest.json"));
    Files.delete(folder.resolve("words/shard-00001.tar"));
    assertThatThrownBy(() -> DatasetTools.index(folder, "test"))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("shard 1 of words");
    assertThatThrownBy(() -> DatasetTools.index(folder.resolve("words"), "test"))
        .hasMessageContaining("no tar files");
  }

  @Test
  void findsAllThatIsWrongWithShards() throws IOException {
    ShardWriterTest.write(folder, 10, 2);
    Path words = folder.resolve("words");
    byte[] shard = Files.readAllBytes(words.resolve("shard-00001.tar"));
    Files.write(words.resolve("shard-00001.tar"), Arrays.copyOf(shard, 1500));
    Files.delete(words.resolve("shard-00002.tar"));
    Files.copy(
        words.resolve("shard-00000.tar"),
        words.resolve("shard-00003.tar"),
        StandardCopyOption.REPLACE_EXISTING);
    byte[] longer = Files.readAllBytes(words.resolve("shard-00004.tar"));
    Files.write(words.resolve("shard-00004.tar"), Arrays.copyOf(longer, longer.length + 512));
    Files.copy(words.resolve("shard-00000.tar"), words.resolve("shard-00009.tar"));
    Files.createDirectory(folder.resolve("depth"));
    Files.writeString(words.resolve("contract.json"), "{}");

    List<DatasetProblem> problems = DatasetTools.verify(folder);

    assertThat(problems)
        .extracting(problem -> folder.relativize(problem.file()).toString().replace('\\', '/'))
        .containsExactly(
            "words/shard-00001.tar",
            "words/shard-00002.tar",
            "words/shard-00003.tar",
            "words/shard-00004.tar",
            "words/shard-00009.tar",
            "words/contract.json",
            "depth");
    assertThat(problems.get(0).message())
        .contains("truncated")
        .contains("1500")
        .contains("offset 1024");
    assertThat(problems.get(1).message()).contains("missing");
    assertThat(problems.get(2).message()).contains("other sample names");
    assertThat(problems.get(3).message()).contains("bytes, the manifest promises");
    assertThat(problems.get(4).message()).contains("orphan");
    assertThat(problems.get(6).toString())
        .contains("is no source")
        .startsWith(folder.resolve("depth").toString());
  }

  @Test
  void findsSourcesOfShardsThatDiverge() throws IOException {
    ShardWriterTest.write(folder, 4, 2);
    DatasetManifest manifest = DatasetManifest.read(folder);
    List<DatasetManifest.Shard> shards = manifest.sources().get("words");
    new DatasetManifest(
            DatasetManifest.FORMAT,
            DatasetManifest.VERSION,
            "test",
            4,
            Map.of(
                "picture",
                manifest.sources().get("picture"),
                "words",
                List.of(shards.get(1), shards.get(0))))
        .write(folder);
    assertThat(DatasetTools.verify(folder))
        .singleElement()
        .hasToString(
            folder.resolve("words")
                + ": diverges from picture at shard 0: other samples or another order");
  }

  @Test
  void findsAllThatIsWrongWithFolders() throws IOException {
    put(
        "words/1.txt",
        "words/2.txt",
        "words/3.md",
        "picture/1.png",
        "twice/1.txt",
        "twice/1.json",
        "twice/2.txt");
    assertThat(DatasetTools.verify(folder))
        .extracting(DatasetProblem::message)
        .satisfiesExactlyInAnyOrder(
            message -> assertThat(message).contains("two files of the sample '1'"),
            message -> assertThat(message).contains("has 1 of 2 samples, missing: 1 (2)"),
            message -> assertThat(message).contains("1 with 'md'"));
  }

  @Test
  void findsThatThereIsNothing() throws IOException {
    assertThat(DatasetTools.verify(folder)).hasSize(1);
    assertThat(DatasetTools.verify(folder.resolve("none"))).hasSize(1);
    Files.writeString(folder.resolve("manifest.json"), "{}");
    assertThat(DatasetTools.verify(folder)).singleElement().asString().contains("manifest.json");
  }

  private static DatasetReport pack(Path from, Path to) throws IOException {
    return DatasetTools.pack(from, to, "toy", List.of(), 2, done -> {});
  }

  private void put(String... files) throws IOException {
    for (String file : files) {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, file);
    }
  }
}
