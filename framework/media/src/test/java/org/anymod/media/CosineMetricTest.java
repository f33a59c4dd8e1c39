package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class CosineMetricTest {
  private static final Metric METRIC = new CosineMetric();

  private static Value.Vectors vector(float... numbers) {
    return new Value.Vectors(1, numbers.length, numbers);
  }

  private static double error(Value prediction, List<? extends Value> truths) {
    Metric.Accumulator sum = METRIC.start();
    truths.forEach(truth -> sum.add(prediction, truth));
    return sum.error();
  }

  @Test
  void measuresAnglesAndDifferences() {
    Metric.Accumulator sum = METRIC.start();
    sum.add(vector(3, 0), vector(1, 0));
    sum.add(vector(0, 1), vector(2, 0));
    sum.add(vector(-1, 0), vector(1, 0));
    assertThat(sum.error()).isCloseTo((0 + 1 + 2) / 3.0, within(1e-12));
    assertThat(sum.figures())
        .containsOnlyKeys("cosine_distance", "cosine", "rmse")
        .containsEntry("cosine", 0.0)
        .containsEntry("rmse", Math.sqrt((4 + 1 + 4 + 4) / 6.0));
  }

  @Test
  void comparesTheChannelsOfEachPlace() {
    Value.Raster a = new Value.Raster(2, 1, 2, new float[] {1, 0, 0, 1});
    Value.Raster b = new Value.Raster(2, 1, 2, new float[] {5, 1, 0, 0});
    assertThat(error(a, List.of(b))).isCloseTo(0.5, within(1e-12));
    assertThat(error(a, List.of(a))).isZero();
  }

  @Test
  void countsVectorsWithoutDirection() {
    assertThat(error(vector(0, 0), List.of(vector(1, 0)))).isEqualTo(1);
    assertThat(error(vector(0, 0), List.of(vector(0, 0)))).isZero();
  }

  @Test
  void noConstantIsBetterThanTheMeanDirection() {
    Random random = new Random(5);
    List<Value.Raster> truths = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      float[] data = new float[3 * 4];
      for (int j = 0; j < data.length; j++) {
        data[j] = (float) ((1 + random.nextGaussian()) * (1 + i));
      }
      truths.add(new Value.Raster(3, 2, 2, data));
    }
    Value.Raster constant = (Value.Raster) METRIC.constant(truths);
    double best = error(constant, truths);
    for (int i = 0; i < 200; i++) {
      float[] other = constant.data().clone();
      other[random.nextInt(other.length)] += (float) random.nextGaussian();
      assertThat(error(new Value.Raster(3, 2, 2, other), truths)).isGreaterThanOrEqualTo(best);
    }
    Value.Vectors one = (Value.Vectors) METRIC.constant(List.of(vector(3, 4)));
    assertThat(one.data()).containsExactly(3, 4);
  }

  @Test
  void saysWhatDoesNotFit() {
    assertThatThrownBy(() -> error(vector(1, 2), List.of(vector(1))))
        .hasMessage("the value is 1 vectors of width 2, must be 1 vectors of width 1");
    assertThatThrownBy(() -> METRIC.constant(List.of())).hasMessageContaining("no truths");
  }
}
