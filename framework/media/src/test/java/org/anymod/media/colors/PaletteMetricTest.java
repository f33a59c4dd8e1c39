package org.anymod.media.colors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class PaletteMetricTest {
  private static final PaletteMetric METRIC = new PaletteMetric();

  @Test
  void ignoresTheOrderOfColours() {
    assertThat(
            error("[{\"2\": [[0, 0, 0], [10, 20, 30]]}]", "[{\"2\": [[10, 20, 30], [0, 0, 0]]}]"))
        .isZero();
  }

  @Test
  void measuresTheNearestColourBothWays() {
    // One way the red is 255 from black and black 0, the other way both blacks are found.
    double error =
        error("[{\"2\": [[0, 0, 0], [255, 0, 0]]}]", "[{\"2\": [[0, 0, 0], [0, 0, 0]]}]");
    assertThat(error).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void comparesPalettesOfTheSameSize() {
    String truth = "[{\"1\": [[100, 100, 100]], \"2\": [[0, 0, 0], [255, 255, 255]]}]";
    assertThat(error("[{\"1\": [[100, 100, 100]]}]", truth)).isZero();
    assertThat(error("[{\"2\": [[0, 0, 0], [255, 255, 255]]}]", truth)).isZero();
    assertThat(error("[{\"3\": [[0, 0, 0], [255, 255, 255], [0, 0, 0]]}]", truth)).isZero();
  }

  @Test
  void nothingIsFarthest() {
    assertThat(error("[{}]", "[{\"1\": [[0, 0, 0]]}]")).isEqualTo(Math.sqrt(3));
    assertThat(error("[{\"1\": [[255, 255, 255]]}]", "[{\"1\": [[0, 0, 0]]}]"))
        .isCloseTo(Math.sqrt(3), within(1e-12));
    assertThat(METRIC.start().error()).isNaN();
  }

  @Test
  void constantIsTheTruthNearestToTheOthers() {
    Value middle = gray(100);
    List<Value> truths = List.of(gray(0), middle, gray(110), gray(90), gray(255));
    assertThat(METRIC.constant(truths)).isEqualTo(middle);
    assertThatThrownBy(() -> METRIC.constant(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Value gray(int level) {
    return PaletteSequenceTest.parse("[{\"1\": [[" + level + ", " + level + ", " + level + "]]}]");
  }

  private static double error(String prediction, String truth) {
    Metric.Accumulator sum = METRIC.start();
    sum.add(PaletteSequenceTest.parse(prediction), PaletteSequenceTest.parse(truth));
    return sum.error();
  }
}
