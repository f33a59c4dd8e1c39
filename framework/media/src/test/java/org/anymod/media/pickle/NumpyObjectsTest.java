package org.anymod.media.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.anymod.spi.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pickles put together by hand, opcode by opcode. */
class NumpyObjectsTest {
  /** A file with so many objects whose list is what the given opcodes leave on the stack. */
  private static byte[] file(int count, String... list) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(bytes("\u0093NUMPY\u0001\u0000"));
    String header = "{'descr': '|O', 'fortran_order': False, 'shape': (" + count + ",), }     \n";
    file.write(header.length());
    file.write(0);
    file.writeBytes(bytes(header));
    file.writeBytes(bytes("\u0080\u0002cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n"));
    file.writeBytes(bytes("K\u0000\u0085C\u0001b\u0087R(K\u0001K" + (char) count + "\u0085"));
    file.writeBytes(bytes("cnumpy\ndtype\nX\u0002\u0000\u0000\u0000O8\u0089\u0088\u0087R\u0089"));
    for (String opcodes : list) {
      file.writeBytes(bytes(opcodes));
    }
    file.writeBytes(bytes("tb."));
    return file.toByteArray();
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<Object> read(int count, String... list) throws InvalidDataException {
    return NumpyObjects.read(file(count, list));
  }

  @Test
  void readsNumbersTextsListsAndDictionaries() throws InvalidDataException {
    List<Object> objects =
        read(
            6,
            "](",
            "K\u00ff",
            "J\u00fe\u00ff\u00ff\u00ff",
            "\u008a\u0003\u0000\u0000\u0080",
            "G\u0040\u0004\u0000\u0000\u0000\u0000\u0000\u0000",
            "}\u008c\u0001aN\u0073",
            "](\u0088\u0089M\u0001\u0002e",
            "e");
    assertThat(objects.subList(0, 4)).containsExactly(255L, -2L, -8388608L, 2.5);
    assertThat(objects.get(4)).isEqualTo(Collections.singletonMap("a", null));
    assertThat(objects.get(5)).isEqualTo(List.of(true, false, 513L));
  }

  @Test
  void readsTheSameObjectAtSeveralPlaces() throws InvalidDataException {
    List<Object> objects = read(3, "](]q\u0005h\u0005h\u0005e");
    assertThat(objects.get(0)).isSameAs(objects.get(1)).isSameAs(objects.get(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cposix\\nsystem\\n | posix.system",
        "c__builtin__\\neval\\n | __builtin__.eval",
        "cnumpy\\nload\\n | numpy.load",
        "cnumpy.core.multiarray\\n_reconstruct.__globals__\\n | which is not allowed",
        "\u008c\u0002os\u008c\u0006system\u0093 | os.system",
      })
  void refusesToCallAnythingElse(String opcodes, String name) {
    assertThatThrownBy(() -> read(1, "](" + opcodes.replace("\\n", "\n") + "e"))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageMatching("(?s)offset \\d+: .*")
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "iposix\\nsystem\\n | 0x69",
        "\u0081 | 0x81",
        "\u0082\u0001 | 0x82",
        "Pid\\n | 0x50",
        "I1\\n | 0x49",
        "\u0097 | 0x97",
        "h\u0063 | recalled",
        "B\u00ff\u00ff\u00ff\u007f | bytes are announced",
        "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f | bytes are announced",
        "\u0096\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff | bytes are announced",
        "\u008a\u0009xxxxxxxxx | 9 bytes",
        "\u0080\u0006N | protocol is 6",
        "K\u0001K\u0002R | something else than a function",
        "K\u0001)b | state",
        "K\u0001K\u0002a | no list",
      })
  void refusesWhatNumpyDoesNotWrite(String opcodes, String message) {
    assertThatThrownBy(() -> read(1, "](" + opcodes.replace("\\n", "\n") + "e"))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith("offset ")
        .hasMessageContaining(message);
  }

  @Test
  void refusesFilesThatAreNoArrayOfObjects() {
    assertThatThrownBy(() -> NumpyObjects.read(new byte[5])).hasMessageContaining("not a npy file");
    assertThatThrownBy(() -> read(2, "](K\u0001e")).hasMessageContaining("content");
    byte[] numbers = file(1, "](K\u0001e");
    numbers[22] = 'f';
    assertThatThrownBy(() -> NumpyObjects.read(numbers)).hasMessageContaining("npy header");
    byte[] longer = Arrays.copyOf(file(1, "](K\u0001e"), 400);
    assertThatThrownBy(() -> NumpyObjects.read(longer)).hasMessageContaining("bytes left");
  }

  @Test
  void aTextThatIsEncodedAgainAndAgainMakesNoMoreBytesThanTheFileHas() {
    String encode = "h\u0007h\u0008\u0086R";
    String setup =
        "c_codecs\nencode\nq\u0009X\u0064\u0000\u0000\u0000"
            + "x".repeat(100)
            + "q\u0007X\u0006\u0000\u0000\u0000latin1q\u0008";
    assertThatThrownBy(() -> read(1, "](" + setup + ("h\u0009" + encode).repeat(200) + "e"))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("more bytes than the file has");
  }
}
