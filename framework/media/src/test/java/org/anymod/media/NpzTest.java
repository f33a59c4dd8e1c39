package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.anymod.spi.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
  private static final int LIMIT = 1 << 20;

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void readsWhatNumPyWrites(String file) throws IOException, InvalidDataException {
    Map<String, NpyArray> arrays = Npz.read(resource(file), LIMIT);
    assertThat(arrays.keySet()).containsExactly("emb", "mask_valid", "ascii_tensor");
    assertThat(arrays.get("emb").type()).isEqualTo(NpyType.FLOAT16);
    assertThat(arrays.get("emb").shape()).containsExactly(2, 3, 2);
    assertThat(arrays.get("emb").toFloats())
        .containsExactly(-1, -0.75f, -0.5f, -0.25f, 0, 0.25f, 0.5f, 0.75f, 1, 1.25f, 1.5f, 1.75f);
    assertThat(arrays.get("mask_valid").toInts()).containsExactly(1, 1, 0, 1, 0, 0);
    assertThat(arrays.get("ascii_tensor").toInts()).startsWith('a', ' ', 'd', 'o', 'g', 0);
  }

  @Test
  void arraysSurviveAndTheSameArraysGiveTheSameBytes() throws InvalidDataException {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("a", new NpyArray(new int[] {2, 2}, new float[] {1, 2, 3, Float.MIN_VALUE}));
    arrays.put("b", new NpyArray(new int[] {0}, new long[0]));
    byte[] bytes = Npz.write(arrays);
    assertThat(Npz.read(bytes, LIMIT)).isEqualTo(arrays);
    assertThat(Npz.write(arrays)).isEqualTo(bytes);
  }

  @Test
  void neverUnpickles() {
    assertThatThrownBy(() -> Npz.read(resource("pickled.npz"), LIMIT))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("emb.npy")
        .hasMessageContaining("pickled Python objects");
  }

  @Test
  void refusesWhatIsNoArchiveOfArrays() throws IOException {
    assertThatThrownBy(() -> Npz.read(new byte[9], LIMIT))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("not a npz file: 9 bytes");
    assertThatThrownBy(() -> Npz.read(zip("notes.txt", new byte[1]), LIMIT))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage("the npz file holds 'notes.txt', must hold .npy files");
  }

  @Test
  void refusesAnArchiveThatUnpacksToTooMuch() throws IOException {
    byte[] bomb = zip("a.npy", new byte[2 * LIMIT]);
    assertThat(bomb.length).isLessThan(LIMIT / 100);
    assertThatThrownBy(() -> Npz.read(bomb, LIMIT))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage("the files of the npz file are larger than the 1048576 bytes allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void damagedArchivesAreReportedAsSuch(String file) throws IOException {
    byte[] good = resource(file);
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      byte[] bad =
          Arrays.copyOf(good, good.length - random.nextInt(2) * random.nextInt(good.length));
      for (int i = random.nextInt(4); i > 0 && bad.length > 0; i--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(Npz.read(bad, LIMIT)).isNotEmpty();
      } catch (InvalidDataException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void widensHalfPrecision() {
    short[] bits = {0x3C00, (short) 0xC000, 0x7BFF, 0x0400, 0x0001, 0x7C00, (short) 0x8000, 0x7E00};
    float[] floats = new NpyArray(NpyType.FLOAT16, new int[] {8}, bits).toFloats();
    assertThat(floats)
        .containsExactly(1, -2, 65504, 0x1p-14f, 0x1p-24f, Float.POSITIVE_INFINITY, -0f, Float.NaN);
    assertThatThrownBy(() -> new NpyArray(NpyType.FLOAT16, new int[] {8}, bits).toInts())
        .isInstanceOf(ArithmeticException.class);
  }

  private static byte[] zip(String name, byte[] file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(file);
    }
    return bytes.toByteArray();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = NpzTest.class.getResourceAsStream(name)) {
      return stream.readAllBytes();
    }
  }
}
