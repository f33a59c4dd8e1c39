package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.anymod.spi.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {

  static Stream<NpyArray> arrays() {
    return Stream.of(
        new NpyArray(NpyType.INT8, new int[] {3}, new byte[] {-1, 0, 127}),
        new NpyArray(NpyType.UINT8, new int[] {3}, new byte[] {-1, 0, 127}),
        new NpyArray(NpyType.INT16, new int[] {2, 2}, new short[] {-300, 0, 1, 16383}),
        new NpyArray(NpyType.UINT16, new int[] {1, 2}, new short[] {-1, 5}),
        new NpyArray(NpyType.INT32, new int[] {2}, new int[] {Integer.MIN_VALUE, 9}),
        new NpyArray(NpyType.INT64, new int[] {1, 5}, new long[] {0, 1, 2, 3, Long.MAX_VALUE}),
        new NpyArray(NpyType.FLOAT32, new int[] {}, new float[] {1.5f}),
        new NpyArray(NpyType.FLOAT64, new int[] {0, 7}, new double[0]),
        new NpyArray(NpyType.BOOL, new int[] {2, 1, 1}, new boolean[] {true, false}));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void readsBackWhatItWrote(NpyArray array) throws InvalidDataException {
    byte[] bytes = Npy.write(array);
    assertThat(Npy.read(bytes)).isEqualTo(array);
    assertThat((bytes.length - array.elements() * array.type().bytes()) % 64).isZero();
  }

  @Test
  void readsAFileThatNumpyWrote() throws InvalidDataException {
    // numpy.save of numpy.array([[1, 2], [-3, 4]], dtype="int16")
    String header = "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 2), }";
    byte[] head =
        (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file = ByteBuffer.allocate(10 + head.length + 8);
    file.put(HexFormat.of().parseHex("934e554d505901007600")).put(head);
    file.put(HexFormat.of().parseHex("01000200fdff0400"));

    NpyArray array = Npy.read(file.array());

    assertThat(array.shape()).containsExactly(2, 2);
    assertThat(array.toInts()).containsExactly(1, 2, -3, 4);
    assertThat(array.toFloats()).containsExactly(1, 2, -3, 4);
  }

  @Test
  void readsFormatVersionTwo() throws InvalidDataException {
    assertThat(
            Npy.read(file(2, "{'shape': (2,), 'fortran_order': False, \"descr\": '|u1'}", 2))
                .toInts())
        .containsExactly(0, 1);
  }

  @Test
  void givesUnsignedNumbersTheirUnsignedValue() {
    assertThat(new NpyArray(NpyType.UINT8, new int[] {1}, new byte[] {-1}).toInts())
        .containsExactly(255);
    assertThat(new NpyArray(NpyType.UINT16, new int[] {1}, new short[] {-1}).toInts())
        .containsExactly(65535);
    assertThat(new NpyArray(new int[] {1}, new boolean[] {true}).toFloats()).containsExactly(1f);
  }

  @Test
  void refusesToNarrowSilently() {
    NpyArray large = new NpyArray(new int[] {1}, new long[] {1L << 40});
    NpyArray real = new NpyArray(new int[] {1}, new float[] {0.5f});
    assertThatThrownBy(large::toInts).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(real::toInts)
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("FLOAT32");
    assertThat(large.toLongs()).containsExactly(1L << 40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"|O", "O", "<O"})
  void refusesPickledObjects(String type) {
    refused(header(type, "False", "(1,)"), 8).hasMessageContaining("pickled Python objects");
  }

  @Test
  void refusesFortranOrder() {
    refused(header("<f4", "True", "(1,)"), 4).hasMessageContaining("Fortran order");
  }

  @ParameterizedTest
  @ValueSource(strings = {">i4", "<c8", "<U5", "<f16", "|S3", "<M8[ns]", "", "i", "=i4"})
  void refusesOtherElementTypesAndSaysWhichAreAllowed(String type) {
    refused(header(type, "False", "(1,)"), 4)
        .hasMessageContaining("<i2")
        .hasMessageContaining("'" + type + "'");
  }

  @Test
  void refusesStructuredTypes() {
    refused("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,), }", 4)
        .hasMessageContaining("structured");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(2147483647, 2147483647, 2147483647, 2147483647)",
        "(65536, 65536)",
        "(4294967296,)",
        "(-1,)",
        "(2,)",
        "(0,)",
        "(1, 2, 0)"
      })
  void refusesAShapeThatDoesNotMatchTheBytes(String shape) {
    refused(header("<i4", "False", shape), 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{'descr': '<i4'",
        "{'descr': '<i4', 'fortran_order': False, 'shape': (1,), 'extra': 1}",
        "{'descr': '<i4', 'descr': '<i4', 'fortran_order': False, 'shape': (1,)}",
        "{'descr': '<i4', 'fortran_order': False}",
        "{'descr': '<i4', 'fortran_order': None, 'shape': (1,)}",
        "{'descr': '<i4', 'fortran_order': False, 'shape': (1,)} + 1",
        "{'descr': '<i4, 'fortran_order': False, 'shape': (1,)}",
        "{'descr': '<i4', 'fortran_order': False, 'shape': [1]}",
        "__import__('os')"
      })
  void refusesAnyOtherHeader(String header) {
    refused(header, 4).hasMessageContaining("npy header");
  }

  @Test
  void refusesTooManyAxes() {
    refused(header("<i4", "False", "(" + "1,".repeat(33) + ")"), 4).hasMessageContaining("32 axes");
  }

  @Test
  void refusesAHeaderLongerThanTheFile() {
    byte[] bytes = file(2, header("<i4", "False", "(1,)"), 4);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8, -1);
    assertThatThrownBy(() -> Npy.read(bytes))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("4294967295");
  }

  @Test
  void refusesEveryTruncation() {
    byte[] bytes = Npy.write(new NpyArray(new int[] {2, 3}, new int[6]));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Npy.read(cut)).isInstanceOf(InvalidDataException.class);
    }
    assertThatThrownBy(() -> Npy.read(Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(InvalidDataException.class);
  }

  @Test
  void refusesAnUnknownVersion() {
    assertThatThrownBy(() -> Npy.read(file(3, header("<i4", "False", "(1,)"), 4)))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("version is 3");
  }

  @Test
  void refusesDataThatDoesNotFitTheShape() {
    assertThatThrownBy(() -> new NpyArray(new int[] {2}, new int[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs 2 elements, data has 3");
    assertThatThrownBy(() -> new NpyArray(new int[] {1}, "text"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(
      String header, int elementBytes) {
    return assertThatThrownBy(() -> Npy.read(file(1, header, elementBytes)))
        .isInstanceOf(InvalidDataException.class);
  }

  private static String header(String type, String fortran, String shape) {
    return "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }";
  }

  private static byte[] file(int version, String header, int elementBytes) {
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer buffer =
        ByteBuffer.allocate(12 + text.length + elementBytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(HexFormat.of().parseHex("934e554d5059")).put((byte) version).put((byte) 0);
    if (version == 1) {
      buffer.putShort((short) text.length);
    } else {
      buffer.putInt(text.length);
    }
    buffer.put(text);
    for (int i = 0; i < elementBytes; i++) {
      buffer.put((byte) i);
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
