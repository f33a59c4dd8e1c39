package org.anymod.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.anymod.core.recipe.GuardRecipe;
import org.junit.jupiter.api.Test;

class LossWindowTest {
  private static LossWindow window(double spike) {
    return new LossWindow(new GuardRecipe("stop", 0, spike, 16));
  }

  @Test
  void limitIsAMultipleOfTheMedianWithoutTheNewestLoss() {
    LossWindow window = window(3);
    for (int i = 0; i < 16; i++) {
      window.add(i, 1 + i);
      assertThat(window.limit(i + 1)).isInfinite();
    }
    window.add(16, 1e9f);
    assertThat(window.limit(17)).isEqualTo(3 * 8.5);
    // One outlier hardly moves the median.
    window.add(17, 100);
    assertThat(window.limit(18)).isEqualTo(3 * 9.5);
  }

  @Test
  void limitIsTheSameWhetherTheNewestLossIsKnownOrNot() {
    LossWindow prompt = window(2);
    LossWindow late = window(2);
    for (int i = 0; i < 40; i++) {
      float loss = (i * 7 % 11) / 3f + 1;
      assertThat(late.limit(i)).isEqualTo(prompt.limit(i));
      if (i > 0) {
        late.add(i - 1, ((i - 1) * 7 % 11) / 3f + 1);
      }
      prompt.add(i, loss);
    }
  }

  @Test
  void comesBackFromItsText() {
    LossWindow window = window(2);
    LossWindow empty = window(2);
    for (int i = 0; i < 30; i++) {
      window.add(i, (float) Math.exp(-i / 7.0));
    }
    empty.restore(window.text());
    assertThat(empty.limit(30)).isEqualTo(window.limit(30)).isFinite();
    assertThat(empty.text()).isEqualTo(window.text());
    empty.restore("");
    assertThat(empty.limit(30)).isInfinite();
  }

  @Test
  void isOffWithoutAFactor() {
    LossWindow window = window(0);
    for (int i = 0; i < 30; i++) {
      window.add(i, 1);
    }
    assertThat(window.limit(30)).isInfinite();
    assertThat(window.text()).isEmpty();
  }
}
