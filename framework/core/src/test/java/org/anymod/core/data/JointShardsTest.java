package org.anymod.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JointShardsTest {
  @TempDir Path root;

  @BeforeEach
  void writeShards() throws IOException {
    write(
        "part-0.tar", "x/1.colour.png", "x/1.tok_depth@8.npy", "x/1.text.json.gz", "__note__.txt");
    write(
        "part-1.tar",
        "2.text.txt",
        "2.colour.png",
        "2.tok_depth@8.npy",
        "3.tok_depth@8.npy",
        "3.colour.png",
        "3.text.txt");
  }

  /** Each file holds its own name. */
  private void write(String tar, String... names) throws IOException {
    try (ShardFile file = new ShardFile(root.resolve(tar))) {
      for (String name : names) {
        file.add(name, name.getBytes(StandardCharsets.UTF_8));
      }
      file.complete();
      file.publish();
    }
  }

  private static String text(Samples samples, String source, int index) throws IOException {
    return new String(samples.read(source, index).bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void readsAnySampleOfAnySource() throws IOException {
    try (Samples samples = Datasets.open(root, List.of("colour", "text"))) {
      assertThat(samples.size()).isEqualTo(3);
      assertThat(samples.sources()).containsExactly("colour", "text");
      assertThat(List.of(samples.name(0), samples.name(1), samples.name(2)))
          .containsExactly("x/1", "2", "3");
      assertThat(text(samples, "text", 2)).isEqualTo("3.text.txt");
      assertThat(text(samples, "colour", 1)).isEqualTo("2.colour.png");
      assertThat(samples.read("text", 0).extension()).isEqualTo("json.gz");
      assertThat(samples.has("text", 2)).isTrue();
      assertThatThrownBy(() -> samples.read("tok_depth@8", 0))
          .hasMessageContaining("no source 'tok_depth@8', there are [colour, text]");
    }
    try (Samples all = Datasets.open(root, List.of())) {
      assertThat(all.sources()).containsExactly("colour", "tok_depth@8", "text");
    }
  }

  @Test
  void readsNamedFilesUnderOtherNames() throws IOException {
    DatasetPlace place =
        new DatasetPlace(
            root,
            Optional.of(ShardNotation.parse("part-{1..1}.tar")),
            Map.of("rgb", "colour", "depth", "tok_depth@8"));
    assertThat(place.present(List.of("rgb", "depth", "text", "colours")))
        .containsExactly("rgb", "depth", "text");
    try (Samples samples = place.open(List.of("rgb", "text"), false)) {
      assertThat(samples.size()).isEqualTo(2);
      assertThat(samples.sources()).containsExactly("rgb", "text");
      assertThat(text(samples, "rgb", 1)).isEqualTo("3.colour.png");
      assertThatThrownBy(() -> samples.has("colour", 0)).hasMessageContaining("no source 'colour'");
    }
  }

  @Test
  void foldersOfSourcesMayHaveOtherNamesToo() throws IOException {
    Path folders = root.resolve("folders");
    Files.createDirectories(folders.resolve("colour_v2"));
    Files.writeString(folders.resolve("colour_v2/a.txt"), "red");
    DatasetPlace place = new DatasetPlace(folders, Optional.empty(), Map.of("colour", "colour_v2"));
    assertThat(place.folder("colour")).isEqualTo(folders.resolve("colour_v2"));
    assertThat(place.present(List.of("colour", "text"))).containsExactly("colour");
    try (Samples samples = place.open(List.of("colour"), false)) {
      assertThat(text(samples, "colour", 0)).isEqualTo("red");
    }
  }

  @Test
  void namesTheFileAndTheEntryThatAreWrong() throws IOException {
    write("part-1.tar", "2.colour.png", "3.text.txt");
    assertFails("part-1.tar: sample '2' has no file of the source 'text' (2.text.<extension>)");
    write("part-1.tar", "2.colour.png", "2.text.txt", "3.colour.png", "3.text.txt", "2.other.txt");
    assertFails("part-1.tar: entry '2.other.txt' comes after other samples");
    write("part-1.tar", "2.png");
    assertFails("part-1.tar: entry '2.png' does not say of which source it is");
    write("part-1.tar", "2.colour.png", "2.colour.jpg", "2.text.txt");
    assertFails("part-1.tar: sample '2' has two files of the source 'colour'");
    write("part-1.tar", "__note__.txt");
    assertFails("part-1.tar holds no samples");
    DatasetPlace place =
        new DatasetPlace(root, Optional.of(ShardNotation.parse("part-{0..2}.tar")), Map.of());
    assertThatThrownBy(() -> place.open(List.of("colour"), false))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("part-2.tar is missing");
  }

  private void assertFails(String message) {
    assertThatThrownBy(() -> Datasets.open(root, List.of("colour", "text")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(message);
  }
}
