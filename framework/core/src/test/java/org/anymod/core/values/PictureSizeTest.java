package org.anymod.core.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anymod.core.data.Datasets;
import org.anymod.core.data.Samples;
import org.anymod.core.pipeline.PictureModalities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureSizeTest {
  @TempDir Path folder;

  private void write(String file, int... numbers) throws Exception {
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) numbers[i];
    }
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, bytes);
  }

  @Test
  void isThatOfTheLargestPictureOrMap() throws Exception {
    // Features come first in the order of names, but have fewer places than the picture.
    write("features/a.raw", 2, 2, 1, 2, 3, 4);
    write("features/b.raw", 1, 2, 1, 2);
    write("picture/a.raw", 2, 3, 1, 2, 3, 4, 5, 6);
    write("picture/b.raw", 1, 1, 1);
    write("words/a.txt", 'a');
    write("words/b.txt", 'b');
    List<String> sources = List.of("features", "picture", "words");
    try (Samples samples = Datasets.open(folder, sources)) {
      ValueReader reader = new ValueReader(samples, PictureModalities.ofSources(sources));
      for (int time = 0; time < 2; time++) {
        assertThat(reader.sample(0).pictureSize(sources)).containsExactly(2, 3);
        assertThat(reader.sample(1).pictureSize(sources)).containsExactly(1, 2);
        assertThat(reader.sample(0).pictureSize(List.of("words"))).containsExactly(1, 1);
        assertThat(reader.sample(0).pictureSize(List.of("features"))).containsExactly(2, 2);
      }
      assertThat(reader.sample(1).place("picture")).isEqualTo("picture/b.raw");
    }
  }
}
