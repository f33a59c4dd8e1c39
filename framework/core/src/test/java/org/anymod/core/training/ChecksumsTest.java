package org.anymod.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumsTest {
  @TempDir Path folder;

  private Path part;
  private Path sums;

  @BeforeEach
  void write() throws IOException {
    part = Files.write(folder.resolve("part.bin"), new byte[3_000_000]);
    sums = folder.resolve("sums.json");
    Checksums.write(sums, List.of(part));
  }

  @Test
  void findNothingInFilesThatAreAsTheyWere() throws IOException {
    assertThat(Checksums.damage(sums, true)).isEmpty();
    assertThat(Checksums.damage(folder.resolve("none.json"), true)).isEmpty();
  }

  @Test
  void findASingleChangedBitWhenThorough() throws IOException {
    byte[] bytes = Files.readAllBytes(part);
    bytes[2_345_678] ^= 4;
    Files.write(part, bytes);
    assertThat(Checksums.damage(sums, false)).isEmpty();
    assertThat(Checksums.damage(sums, true).orElseThrow())
        .contains("part.bin has changed since it was written");
  }

  @Test
  void findTruncatedAndMissingFilesAtOnce() throws IOException {
    Files.write(part, new byte[2_999_999]);
    assertThat(Checksums.damage(sums, false).orElseThrow())
        .contains("has 2999999 bytes, must have 3000000");
    Files.delete(part);
    assertThat(Checksums.damage(sums, false).orElseThrow()).contains("is missing");
    Files.writeString(sums, "{");
    assertThat(Checksums.damage(sums, false).orElseThrow()).contains("is no JSON");
  }
}
