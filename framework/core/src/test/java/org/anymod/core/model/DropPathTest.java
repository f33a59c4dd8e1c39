package org.anymod.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropPathTest {
  @Test
  void ratesGrowLinearlyFromBlockToBlock() {
    assertThat(DropPath.ramp(0.3, 0, 4, 4))
        .containsExactly(new double[] {0, 0.1, 0.2, 0.3}, within(1e-12));
    assertThat(DropPath.ramp(0.5, 2, 4, 6))
        .containsExactly(new double[] {0.2, 0.3, 0.4, 0.5}, within(1e-12));
    assertThat(DropPath.ramp(0.5, 0, 1, 1)).containsExactly(0);
  }

  @Test
  void keepsTheMeanOfEachLayer() {
    DropPath path = new DropPath("test", new double[] {0, 0.25, 0.6}, 2);
    int samples = 20000;
    float[] values = path.draw(4, 9, samples).values();
    for (int layer = 0; layer < 3; layer++) {
      float[] own = Arrays.copyOfRange(values, layer * 2 * samples, (layer + 1) * 2 * samples);
      double sum = 0;
      for (float value : own) {
        sum += value;
      }
      assertThat(sum / own.length).isCloseTo(1, within(0.03));
      assertThat(own[0] == 0 || own[0] >= 1).isTrue();
    }
    assertThat(Arrays.copyOf(values, 2 * samples)).containsOnly(1f);
  }

  @Test
  void drawsFromSeedAndStepAlone() {
    DropPath path = new DropPath("test", new double[] {0.5, 0.5}, 2);
    float[] first = path.draw(4, 9, 64).values();
    assertThat(path.draw(4, 9, 64).values()).isEqualTo(first);
    assertThat(path.draw(4, 10, 64).values()).isNotEqualTo(first);
    assertThat(path.draw(5, 9, 64).values()).isNotEqualTo(first);
    assertThat(Arrays.copyOf(first, 128)).isNotEqualTo(Arrays.copyOfRange(first, 128, 256));
  }

  @Test
  void drawsNothingWhereNothingIsDropped() {
    assertThat(new DropPath("test", new double[] {0, 0}, 2).draw(1, 1, 8))
        .isSameAs(DropPath.Factors.NONE);
  }
}
