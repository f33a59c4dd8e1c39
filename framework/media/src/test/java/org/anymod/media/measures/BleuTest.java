package org.anymod.media.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class BleuTest {

  @Test
  void multipliesSharesOfRunsAndThePenalty() {
    Bleu bleu = new Bleu();
    bleu.add(words("a red ball on the floor"), List.of(words("a red ball on the green floor")));
    // Runs of 1 to 4 words: 6 of 6, 4 of 5, 3 of 4, 2 of 3; one word too short of seven.
    double expected = Math.exp(1 - 7.0 / 6) * Math.pow(1 * 0.8 * 0.75 * 2 / 3, 0.25);
    assertThat(bleu.score()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void cutsRepeatedWordsAtTheReferenceThatHasMost() {
    Bleu bleu = new Bleu();
    bleu.add(words("the the the"), List.of(words("the cat"), words("the the")));
    // Two of three words and one of two pairs are allowed; no run of three is.
    assertThat(bleu.score()).isZero();
    Bleu brief = new Bleu();
    brief.add(words("the the"), List.of(words("the cat"), words("the the")));
    assertThat(brief.score()).isEqualTo(1);
  }

  @Test
  void isPerfectForEqualTextsAndNothingForNone() {
    Bleu equal = new Bleu();
    equal.add(words("ball"), List.of(words("ball")));
    equal.add(words("a red ball on it"), List.of(words("x"), words("a red ball on it")));
    assertThat(equal.score()).isEqualTo(1);
    Bleu none = new Bleu();
    none.add(List.of(), List.of(words("a")));
    assertThat(none.score()).isZero();
  }

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }
}
