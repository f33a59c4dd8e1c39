package org.anymod.core.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anymod.core.Progress;
import org.anymod.core.StopAt;
import org.anymod.core.StopSignal;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.StrictJson;
import org.anymod.core.training.Checksums;
import org.anymod.media.Npy;
import org.anymod.media.NpyArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrievalIndexTest {
  private static final int SAMPLES = 37;

  @TempDir Path folder;

  private final NumberedEmbeddings source = new NumberedEmbeddings(SAMPLES);

  private Path write(String name) throws IOException {
    Path target = folder.resolve(name);
    boolean whole =
        new IndexWriter(target, source.contract("m1"))
            .write(source, Progress.silent(), new StopSignal());
    assertThat(whole).isTrue();
    return target;
  }

  /** All bytes by name, but for the empty lock. */
  private static Map<String, byte[]> files(Path root) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(root)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  @Test
  void keepsVectorsAndNames() throws IOException {
    RetrievalIndex index = RetrievalIndex.open(write("a"));
    assertThat(index.names()).isEqualTo(source.names());
    assertThat(index.contract()).isEqualTo(source.contract("m1"));
    for (int i = 0; i < SAMPLES; i++) {
      assertThat(index.vectors().row(i)).isEqualTo(source.vectors().get(i));
    }
  }

  @Test
  void endsWithTheSameBytesAfterAnyStop() throws IOException {
    Map<String, byte[]> expected = files(write("whole"));
    Path target = folder.resolve("stopped");
    for (int sample : new int[] {4, 12, 24, 30}) {
      StopAt stop = new StopAt(sample);
      assertThat(new IndexWriter(target, source.contract("m1")).write(source, stop, stop.signal()))
          .isFalse();
      assertThatThrownBy(() -> RetrievalIndex.open(target)).hasMessageContaining("not complete");
    }
    // What a process leaves behind that is killed while it writes.
    Files.write(target.resolve(".vectors-00003.npy123.tmp"), new byte[9]);
    source.asked().clear();
    write("stopped");
    assertThat(source.asked()).first().isEqualTo(30);
    Map<String, byte[]> found = files(target);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
    source.asked().clear();
    write("stopped");
    assertThat(source.asked()).isEmpty();
  }

  @Test
  void neverMixesTwoModels() throws IOException {
    Path target = write("a");
    IndexWriter other = new IndexWriter(target, source.contract("m2"));
    assertThatThrownBy(() -> other.write(source, Progress.silent(), new StopSignal()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("holds another index")
        .hasMessageContaining("model is m1, expected m2");
  }

  @Test
  void refusesQueriesOfAnotherModel() throws IOException {
    RetrievalIndex index = RetrievalIndex.open(write("a"));
    index.check(source.contract("m1"));
    assertThatThrownBy(() -> index.check(source.contract("m2")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("model is m1, expected m2");
  }

  @Test
  void vectorsFromFilesAreForEveryModel() {
    IndexContract asked = source.contract("m2");
    IndexContract files =
        new IndexContract(
            1,
            "tok_vector",
            "files",
            List.of(),
            "",
            Map.of(),
            "",
            "spec",
            16,
            "",
            1,
            1,
            0,
            "centre",
            "val",
            1,
            "",
            10);
    assertThat(files.checkQuery(asked)).isEmpty();
    IndexContract wider =
        new IndexContract(
            1,
            "tok_vector",
            "files",
            List.of(),
            "",
            Map.of(),
            "",
            "spec",
            17,
            "",
            1,
            1,
            0,
            "centre",
            "val",
            1,
            "",
            10);
    assertThat(wider.checkQuery(asked)).containsExactly("width is 17, expected 16");
  }

  @Test
  void saysWhatIsMissingOrDamaged() throws IOException {
    assertThatThrownBy(() -> RetrievalIndex.open(folder.resolve("none")))
        .hasMessageContaining("is no index: contract.json is missing");
    Path gone = write("gone");
    Files.delete(gone.resolve("vectors-00002.npy"));
    assertThatThrownBy(() -> RetrievalIndex.open(gone))
        .hasMessageContaining("vectors-00002.npy is missing");
    Path cut = write("cut");
    Path file = cut.resolve("vectors-00001.npy");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 300));
    assertThatThrownBy(() -> RetrievalIndex.open(cut))
        .hasMessageContaining("vectors-00001.npy has 300 bytes, must have 768");
    Path flipped = write("flipped");
    file = flipped.resolve("vectors-00000.npy");
    byte[] bytes = Files.readAllBytes(file);
    bytes[200] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> RetrievalIndex.open(flipped))
        .hasMessageContaining("vectors-00000.npy has changed since it was written");
  }

  @Test
  void refusesVectorsThatDoNotFit() throws IOException {
    Path wide = write("wide");
    replace(wide, "vectors-00003.npy", new NpyArray(new int[] {7, 15}, new float[7 * 15]));
    assertThatThrownBy(() -> RetrievalIndex.open(wide))
        .hasMessageContaining("vectors-00003.npy")
        .hasMessageContaining("must be float32 of shape [7, 16]");
    Path nan = write("nan");
    float[] numbers = new float[7 * 16];
    numbers[2 * 16 + 5] = Float.NaN;
    replace(nan, "vectors-00003.npy", new NpyArray(new int[] {7, 16}, numbers));
    assertThatThrownBy(() -> RetrievalIndex.open(nan))
        .hasMessageContaining("the vector of sample 'sample-32' has numbers that are not finite");
  }

  @Test
  void refusesNamesThatRepeat() throws IOException {
    Path target = write("a");
    String[] names = source.names().toArray(String[]::new);
    names[5] = names[4];
    StrictJson.write(target.resolve("names.json"), names);
    renew(target);
    assertThatThrownBy(() -> RetrievalIndex.open(target))
        .hasMessageContaining("two samples are named 'sample-4'");
  }

  private static void replace(Path index, String name, NpyArray array) throws IOException {
    Files.write(index.resolve(name), Npy.write(array));
    renew(index);
  }

  /** Checksums of what is there now, so that only its content can be wrong. */
  private static void renew(Path index) throws IOException {
    try (Stream<Path> all = Files.list(index)) {
      List<Path> parts =
          all.filter(file -> !file.getFileName().toString().startsWith("checksums"))
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .toList();
      Checksums.write(index.resolve("checksums.json"), parts);
    }
  }
}
