package org.anymod.media.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CiderDTest {

  @Test
  void weighsRareRunsAndIgnoresCommonOnes() {
    CiderD cider = new CiderD();
    cider.add(words("a dog"), List.of(words("a cat")));
    cider.add(words("a cow"), List.of(words("a cow")));
    // "a" is in both truths and weighs nothing; the second sample is perfect in runs of one and
    // two words, and has none of three or four.
    assertThat(cider.score()).isCloseTo(10 * (0 + (1 + 1 + 0 + 0) / 4.0) / 2, within(1e-12));
  }

  @Test
  void cutsRepetitionsAndPunishesLength() {
    CiderD cider = new CiderD();
    cider.add(words("x x x"), List.of(words("x")));
    cider.add(words("y"), List.of(words("z")));
    // One x of weight ln 2 is allowed: min(3w, w) w / (3w w) = 1/3, and two words too many.
    double expected = Math.exp(-4 / 72.0) * (1.0 / 3) / 4;
    assertThat(cider.score()).isCloseTo(10 * expected / 2, within(1e-12));
  }

  @Test
  void isTenForEqualLongTextsWithNothingInCommon() {
    CiderD cider = new CiderD();
    cider.add(words("a b c d e"), List.of(words("a b c d e"), words("a b c d e")));
    cider.add(words("k l m n o"), List.of(words("k l m n o")));
    assertThat(cider.score()).isCloseTo(10, within(1e-12));
    assertThat(new CiderD().score()).isNaN();
  }

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }
}
