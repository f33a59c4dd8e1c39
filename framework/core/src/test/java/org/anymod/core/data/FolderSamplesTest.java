package org.anymod.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSamplesTest {
  @TempDir Path folder;

  @Test
  void joinsByPathWithoutExtension() throws IOException {
    put(
        "picture/b/2.JPG",
        "picture/a/1.png",
        "picture/a.b.png",
        "words/b/2.json.gz",
        "words/a/1.txt",
        "words/a.b.txt");
    try (Samples samples = Datasets.open(folder, List.of("words", "picture"))) {
      assertThat(names(samples)).containsExactly("a.b", "a/1", "b/2");
      assertThat(samples.sources()).containsExactly("words", "picture");
      assertThat(samples.read("picture", 2).fileName()).isEqualTo("b/2.JPG");
      assertThat(samples.read("picture", 2).extension()).isEqualTo("jpg");
      assertThat(samples.read("words", 2).extension()).isEqualTo("json.gz");
      assertThat(samples.read("words", 1).bytes())
          .isEqualTo("words/a/1.txt".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void sortsByCodePoint() throws IOException {
    // U+FF5E comes before U+1F600, though its UTF-16 unit is the larger one.
    put("s/\uD83D\uDE00.txt", "s/\uFF5E.txt", "s/Z.txt", "s/a.txt", "s/10.txt", "s/9.txt");
    try (Samples samples = Datasets.open(folder, List.of("s"))) {
      assertThat(names(samples)).containsExactly("10", "9", "Z", "a", "\uFF5E", "\uD83D\uDE00");
    }
  }

  @Test
  void namesTheFirstFewMissingFilesAndTheCounts() throws IOException {
    for (int i = 0; i < 9; i++) {
      put("picture/" + i + ".png");
    }
    put("words/3.txt", "words/x.txt");
    assertThatThrownBy(() -> Datasets.open(folder, List.of("picture", "words")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("picture has 9 of 10 samples, missing: 1 (x)")
        .hasMessageContaining("words has 2 of 10 samples, missing: 8 (0, 1, 2, 4, 5, ...)");
  }

  @Test
  void allowsMissingFilesWhenAskedTo() throws IOException {
    put("picture/1.png", "picture/2.png", "words/2.txt", "words/3.txt");
    try (Samples samples = Datasets.open(folder, List.of("picture", "words"), true)) {
      assertThat(names(samples)).containsExactly("1", "2", "3");
      assertThat(samples.has("words", 0)).isFalse();
      assertThat(samples.has("words", 1)).isTrue();
      assertThatThrownBy(() -> samples.read("words", 0))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("no file of the sample '1'");
    }
  }

  @Test
  void refusesTwoFilesOfOneSample() throws IOException {
    put("picture/1.png", "picture/1.jpg");
    assertThatThrownBy(() -> Datasets.open(folder, List.of("picture")))
        .hasMessageContaining("two files of the sample '1'")
        .hasMessageContaining(".png")
        .hasMessageContaining(".jpg");
  }

  @Test
  void passesOverOtherFiles() throws IOException {
    put(
        "words/1.txt",
        "words/.hidden.txt",
        "words/.git/x.txt",
        "words/notes.md",
        "words/contract.json");
    try (Samples samples = Datasets.open(folder, List.of("words"))) {
      assertThat(names(samples)).containsExactly("1");
    }
  }

  @Test
  void refusesLinksOutOfTheRoot() throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    Path outside = Files.writeString(folder.resolve("secret.txt"), "secret");
    Files.createDirectories(root.resolve("words"));
    Files.createSymbolicLink(root.resolve("words/1.txt"), outside);
    assertThatThrownBy(() -> Datasets.open(root, List.of("words")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("outside of");

    Files.delete(root.resolve("words/1.txt"));
    Files.createSymbolicLink(root.resolve("words/sub"), folder);
    assertThatThrownBy(() -> Datasets.open(root, List.of("words")))
        .hasMessageContaining("outside of");

    Files.createSymbolicLink(root.resolve("all"), folder);
    assertThatThrownBy(() -> Datasets.open(root, List.of("all")))
        .hasMessageContaining("outside of");
  }

  @Test
  void followsLinksInsideTheRoot() throws IOException {
    put("words/1.txt");
    Files.createDirectory(folder.resolve("more"));
    Files.createSymbolicLink(folder.resolve("more/1.txt"), folder.resolve("words/1.txt"));
    try (Samples samples = Datasets.open(folder, List.of("words", "more"))) {
      assertThat(samples.read("more", 0).bytes()).isEqualTo(samples.read("words", 0).bytes());
    }
  }

  @Test
  void refusesSourcesThatAreNoFolderNames() throws IOException {
    put("words/1.txt");
    assertThatThrownBy(() -> Datasets.open(folder, List.of("../words")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("[words]");
    try (Samples samples = Datasets.open(folder, List.of("words"))) {
      assertThatThrownBy(() -> samples.has("other", 0)).hasMessageContaining("there are [words]");
    }
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
