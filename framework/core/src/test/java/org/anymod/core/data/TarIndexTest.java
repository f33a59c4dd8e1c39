package org.anymod.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarIndexTest {
  @TempDir Path folder;
  private Path tar;

  private interface Content {
    void writeTo(TarArchiveOutputStream out) throws IOException;
  }

  @BeforeEach
  void name() {
    tar = folder.resolve("shard-00000.tar");
  }

  @Test
  void findsFilesAndTheirKeys() throws IOException {
    write(
        out -> {
          file(out, "./b.json.gz", "one");
          folder(out, "dir.d/");
          file(out, "dir.d/a.TXT", "three");
          file(out, "empty.npy", "");
        });
    TarIndex index = TarIndex.read(tar);
    assertThat(index.keys()).containsExactly("b", "dir.d/a", "empty");
    assertThat(index.read(0).fileName()).isEqualTo("b.json.gz");
    assertThat(index.read(0).extension()).isEqualTo("json.gz");
    assertThat(index.read(1).extension()).isEqualTo("txt");
    assertThat(index.read(1).bytes()).isEqualTo(bytes("three"));
    assertThat(index.read(2).bytes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
  void understandsLongNames(int mode) throws IOException {
    String name = "long/".repeat(60) + "name";
    write(
        out -> {
          out.setLongFileMode(mode);
          file(out, "before.txt", "1");
          file(out, name + ".txt", "2");
          file(out, "after.txt", "3");
        });
    TarIndex index = TarIndex.read(tar);
    assertThat(index.keys()).containsExactly("before", name, "after");
    assertThat(index.read(1).bytes()).isEqualTo(bytes("2"));
    assertThat(index.read(2).bytes()).isEqualTo(bytes("3"));
  }

  @Test
  void passesOverRemarksThatAreNoSamples() throws IOException {
    write(
        out -> {
          file(out, "__about__.json", "{}");
          file(out, "a.txt", "1");
          file(out, "._a.txt", "resource fork");
        });
    assertThat(TarIndex.read(tar).keys()).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../a.txt", "a/../../b.txt", "/etc/a.txt", "a//b.txt", "a\\b.txt", "a\nb.txt"})
  void refusesNamesThatLeaveTheFolder(String name) throws IOException {
    write(
        out -> {
          file(out, "fine.txt", "1");
          file(out, "x", "");
        });
    byte[] bytes = Files.readAllBytes(tar);
    System.arraycopy(bytes(name), 0, bytes, 1024, name.length());
    fixChecksum(bytes, 1024);
    Files.write(tar, bytes);
    assertThatThrownBy(() -> TarIndex.read(tar))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("shard-00000.tar, offset 1024")
        .hasMessageContaining("whose name");
  }

  @Test
  void refusesLinksAndDevices() throws IOException {
    for (byte type :
        new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_CHR}) {
      write(
          out -> {
            out.putArchiveEntry(new TarArchiveEntry("a.txt", type));
            out.closeArchiveEntry();
          });
      assertThatThrownBy(() -> TarIndex.read(tar))
          .hasMessageContaining("offset 0")
          .hasMessageContaining("type '" + (char) type + "'");
    }
  }

  @Test
  void refusesTwoFilesOfOneSampleAndFilesWithoutExtension() throws IOException {
    write(
        out -> {
          file(out, "a.txt", "1");
          file(out, "a.json", "2");
        });
    assertThatThrownBy(() -> TarIndex.read(tar))
        .hasMessageContaining("two entries of the sample 'a'");
    write(out -> file(out, "a", "1"));
    assertThatThrownBy(() -> TarIndex.read(tar)).hasMessageContaining("no extension");
  }

  @Test
  void refusesEveryTruncationAndSaysWhere() throws IOException {
    write(
        out -> {
          file(out, "a.txt", "x".repeat(700));
          file(out, "b.txt", "y");
        });
    byte[] whole = Files.readAllBytes(tar);
    // Two headers, three blocks of payload; then at least one block of zeros must follow.
    int needed = 512 * 6;
    for (int length = 0; length < needed; length += 64) {
      Files.write(tar, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> TarIndex.read(tar))
          .as("%d bytes", length)
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("is truncated: it has " + length + " bytes")
          .hasMessageContaining("offset");
    }
    Files.write(tar, Arrays.copyOf(whole, needed));
    assertThat(TarIndex.read(tar).keys()).containsExactly("a", "b");
  }

  @Test
  void noticesATruncationAfterTheIndexWasRead() throws IOException {
    write(out -> file(out, "a.txt", "x".repeat(700)));
    TarIndex index = TarIndex.read(tar);
    Files.write(tar, Arrays.copyOf(Files.readAllBytes(tar), 600));
    assertThatThrownBy(() -> index.read(0))
        .hasMessageContaining("truncated")
        .hasMessageContaining("offset 600");
  }

  @Test
  void refusesDamagedHeadersAndHugeSizesWithoutTakingMemory() throws IOException {
    write(out -> file(out, "a.txt", "x"));
    byte[] whole = Files.readAllBytes(tar);
    byte[] damaged = whole.clone();
    damaged[3] ^= 1;
    Files.write(tar, damaged);
    assertThatThrownBy(() -> TarIndex.read(tar)).hasMessageContaining("offset 0: no tar header");

    for (String size : new String[] {"77777777777", "10000000001", "-0000000001", "abc"}) {
      Files.write(tar, withSize(whole, size));
      assertThatThrownBy(() -> TarIndex.read(tar))
          .as(size)
          .hasMessageContaining("allowed: 0 to 1073741824");
    }
    Files.write(tar, withSize(whole, "00000004000"));
    assertThatThrownBy(() -> TarIndex.read(tar)).hasMessageContaining("truncated");
  }

  @Test
  void neverFailsOtherwiseThanWithAMessageOnRandomDamage() throws IOException {
    write(
        out -> {
          out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
          file(out, "n".repeat(150) + ".txt", "x".repeat(700));
          file(out, "b.txt", "y");
        });
    byte[] whole = Files.readAllBytes(tar);
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(whole.length);
      damaged[at] = (byte) random.nextInt(256);
      // A matching checksum lets the damage through to the fields behind it.
      fixChecksum(damaged, at / 512 * 512);
      Files.write(tar, damaged);
      try {
        TarIndex index = TarIndex.read(tar);
        for (int k = 0; k < index.keys().size(); k++) {
          index.read(k);
        }
      } catch (DatasetException e) {
        refused++;
        assertThat(e.getMessage()).contains("shard-00000.tar");
      }
    }
    assertThat(refused).isPositive();
  }

  private static void fixChecksum(byte[] tar, int header) {
    if (tar[header + 257] != 'u') {
      return;
    }
    Arrays.fill(tar, header + 148, header + 156, (byte) ' ');
    int sum = 0;
    for (int i = header; i < header + 512; i++) {
      sum += tar[i] & 0xFF;
    }
    byte[] text = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, tar, header + 148, 8);
  }

  private static byte[] withSize(byte[] tar, String size) {
    byte[] changed = tar.clone();
    Arrays.fill(changed, 124, 136, (byte) 0);
    byte[] text = size.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, changed, 124, text.length);
    fixChecksum(changed, 0);
    return changed;
  }

  private void write(Content content) throws IOException {
    try (OutputStream file = Files.newOutputStream(tar);
        TarArchiveOutputStream out = new TarArchiveOutputStream(file)) {
      content.writeTo(out);
    }
  }

  private static void folder(TarArchiveOutputStream out, String name) throws IOException {
    out.putArchiveEntry(new TarArchiveEntry(name));
    out.closeArchiveEntry();
  }

  private static void file(TarArchiveOutputStream out, String name, String text)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(text.length());
    out.putArchiveEntry(entry);
    out.write(bytes(text));
    out.closeArchiveEntry();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
