package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anymod.spi.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void readsEveryKindOfValueInOrder() throws InvalidDataException {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("z", List.of(1L, -2.5, "é\n", true, Map.of()));
    expected.put("a", null);
    Object tree = parse("{\"z\": [1, -2.5, \"\\u00e9\\n\", true, {}], \"a\": null}");
    assertThat(tree).isEqualTo(expected);
    assertThat(((Map<?, ?>) tree).keySet().toString()).isEqualTo("[z, a]");
  }

  @Test
  void readsBackWhatItWrites() throws InvalidDataException {
    for (int seed = 0; seed < 200; seed++) {
      Object tree = tree(new Random(seed), 4);
      assertThat(Json.parse(Json.write(tree))).as("seed %d", seed).isEqualTo(tree);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": 1, \"a\": 2} | Duplicate field 'a'",
        "[1, 2 | line 1",
        "{\"a\" 1} | line 1",
        "[1] [2] | more follows",
        "[1e999] | too large",
        "[123456789012345678901234567890] | out of range",
        "[NaN] | NaN",
        "{'a': 1} | line 1, column",
        "[1,] | line 1, column",
      })
  void refusesWhatIsNotStrictJson(String text, String message) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void namesLineAndColumn() {
    assertThatThrownBy(() -> parse("{\n  \"a\": 1,\n  \"b\": x\n}"))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("line 3, column");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   \n"})
  void refusesEmptyFiles(String text) {
    assertThatThrownBy(() -> parse(text)).hasMessageContaining("empty");
  }

  @Test
  void limitsDepthAndSize() {
    assertThatThrownBy(() -> parse("[".repeat(1000)))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("64");
    assertThatThrownBy(() -> Json.parse(new byte[Json.MAX_BYTES + 1]))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("at most " + Json.MAX_BYTES);
  }

  @Test
  void refusesInvalidText() {
    assertThatThrownBy(() -> Json.parse(new byte[] {'"', (byte) 0xC3, '(', '"'}))
        .isInstanceOf(InvalidDataException.class);
  }

  @Test
  void refusesTreesThatJsonCannotHold() {
    assertThatThrownBy(() -> Json.write(List.of(Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> Json.write(List.of(new int[0])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Object parse(String text) throws InvalidDataException {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Object tree(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
      case 2 -> random.nextBoolean();
      case 3 -> null;
      case 4 -> text(random);
      case 5 -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          list.add(tree(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          map.put(text(random), tree(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      int[] pool = {'a', '"', '\\', '\n', 0x1F, 0xE9, 0x6771, 0x1F600, ' '};
      text.appendCodePoint(pool[random.nextInt(pool.length)]);
    }
    return text.toString();
  }
}
