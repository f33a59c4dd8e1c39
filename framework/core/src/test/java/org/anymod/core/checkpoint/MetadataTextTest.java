package org.anymod.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTextTest {
  static Stream<Arguments> meanings() {
    return Stream.of(
        Arguments.of("True", true),
        Arguments.of("False", false),
        Arguments.of("yes", true),
        Arguments.of("no", false),
        Arguments.of("on", true),
        Arguments.of("off", false),
        Arguments.of("24", 24L),
        Arguments.of("-7", -7L),
        Arguments.of("4.0", 4.0),
        Arguments.of("1.0e-06", 1e-6),
        Arguments.of("1e-06", "1e-06"),
        Arguments.of("1e-6", "1e-6"),
        Arguments.of("1.5e3", "1.5e3"),
        Arguments.of(".5", 0.5),
        Arguments.of("-.5", "-.5"),
        Arguments.of("-.inf", Double.NEGATIVE_INFINITY),
        Arguments.of(".NaN", Double.NaN),
        Arguments.of("16_384", 16384L),
        Arguments.of("010", 8L),
        Arguments.of("08", "08"),
        Arguments.of("0x1F", 31L),
        Arguments.of("0b101", 5L),
        Arguments.of("1:30", 90L),
        Arguments.of("-1:30", -90L),
        Arguments.of("1:30.5", 90.5),
        Arguments.of("1:75", "1:75"),
        Arguments.of("99999999999999999999", new BigInteger("99999999999999999999")),
        Arguments.of("['caption', 'tok_rgb@224']", List.of("caption", "tok_rgb@224")),
        Arguments.of("[caption, 3, True]", List.of("caption", 3L, true)),
        Arguments.of("{'a': 1, 'b': [2.0]}", Map.of("a", 1L, "b", List.of(2.0))),
        Arguments.of("(1, 2)", "(1, 2)"),
        Arguments.of("", null),
        Arguments.of("None", null),
        Arguments.of("NoneType", "nullType"),
        Arguments.of("'24'", "24"),
        Arguments.of("'None'", "null"),
        Arguments.of("shifted_cosine:0.5", "shifted_cosine:0.5"),
        Arguments.of("BottleneckMLP/B_6-Wi_1024", "BottleneckMLP/B_6-Wi_1024"),
        Arguments.of("SiLU", "SiLU"),
        Arguments.of("[1, 2", "[1, 2"),
        Arguments.of("[None, 2", "[None, 2"),
        Arguments.of("a: b: c", "a: b: c"),
        Arguments.of("@at", "@at"));
  }

  @ParameterizedTest
  @MethodSource("meanings")
  void readsTextsAsThePublishedSystemDoes(String text, Object meaning) {
    assertThat(MetadataText.parse(text)).isEqualTo(meaning);
  }

  @Test
  void readsAListWithNothingInIt() {
    List<Object> expected = new ArrayList<>();
    expected.add(null);
    expected.add(1L);
    assertThat(MetadataText.parse("[None, 1]")).isEqualTo(expected);
  }

  @Test
  void keepsLongTextsAsTheyAre() {
    String digits = "1".repeat(10_000);
    assertThat(MetadataText.parse(digits)).isEqualTo(new BigInteger(digits));
    assertThat(MetadataText.parse(digits + "1")).isEqualTo(digits + "1");
    String clefs = "\uD834\uDD1E".repeat(9_996) + "None";
    assertThat((String) MetadataText.parse(clefs)).endsWith("null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[&a [x, x, x, x, x, x, x], &b [*a, *a, *a, *a, *a, *a, *a], &c [*b, *b, *b, *b, *b, *b, *b], &d [*c, *c, *c, *c,"
            + " *c, *c, *c], &e [*d, *d, *d, *d, *d, *d, *d], &f [*e, *e, *e, *e, *e, *e, *e], [*f, *f, *f, *f, *f]]",
        "&a [*a]"
      })
  void keepsTextsThatStandForTooMuch(String text) {
    assertThat(MetadataText.parse(text)).isEqualTo(text);
  }
}
