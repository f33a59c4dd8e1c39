package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class RasterMetricTest {

  @Test
  void measuresKnownErrors() {
    Metric.Accumulator sum = new RasterMetric(1).start();
    sum.add(row(0, 0.5f), row(0.1f, 0.3f));
    Map<String, Double> figures = sum.figures();
    assertThat(figures.keySet()).containsExactly("l1", "mse", "psnr");
    assertThat(sum.error()).isCloseTo(0.15, within(1e-6));
    assertThat(figures.get("mse")).isCloseTo(0.025, within(1e-6));
    assertThat(figures.get("psnr")).isCloseTo(-10 * Math.log10(0.025), within(1e-4));
  }

  @Test
  void isPerfectForEqualPictures() {
    RasterMetric metric = new RasterMetric(1, RasterMetric.Extra.DISTANCES, RasterMetric.Extra.F1);
    Metric.Accumulator sum = metric.start();
    sum.add(row(0.2f, 0.9f), row(0.2f, 0.9f));
    assertThat(sum.error()).isZero();
    assertThat(sum.figures())
        .containsEntry("psnr", RasterMetric.MAX_PSNR)
        .containsEntry("delta1", 1.0)
        .containsEntry("f1", 1.0);
  }

  @Test
  void isNotANumberWithoutSamples() {
    assertThat(new RasterMetric(1).start().error()).isNaN();
  }

  @Test
  void countsCloseDepthsAmongPositiveTruths() {
    Metric.Accumulator sum = new RasterMetric(1, RasterMetric.Extra.DISTANCES).start();
    sum.add(row(0.5f, 0.6f, 0.5f, 0, 0.3f), row(0.5f, 0.5f, 0.2f, 0.5f, 0));
    assertThat(sum.figures().get("delta1")).isEqualTo(0.5);
  }

  @Test
  void measuresDistancesByTheirRatios() {
    Metric.Accumulator sum = new RasterMetric(1, RasterMetric.Extra.DISTANCES).start();
    sum.add(row(0.5f, 0.7f, 0.9f, 0, 0.25f), row(0.5f, 0.5f, 0.5f, 0.5f, 0));
    Map<String, Double> figures = sum.figures();
    assertThat(figures.keySet())
        .containsExactly("l1", "mse", "psnr", "rmse", "abs_rel", "delta1", "delta2", "delta3");
    double squares = 0.04 + 0.16 + 0.25 + 0.0625;
    assertThat(figures.get("rmse")).isCloseTo(Math.sqrt(squares / 5), within(1e-6));
    // Of four positive truths: 0, 0.4, 0.8 and 1 of each too much or too little.
    assertThat(figures.get("abs_rel")).isCloseTo((0.4 + 0.8 + 1) / 4, within(1e-6));
    // Factors 1, 1.4, 1.8 and none; the limits are 1.25, 1.5625 and 1.953125.
    assertThat(figures)
        .containsEntry("delta1", 0.25)
        .containsEntry("delta2", 0.5)
        .containsEntry("delta3", 0.75);
  }

  @Test
  void balancesPrecisionAndRecallOfEdges() {
    Metric.Accumulator sum = new RasterMetric(1, RasterMetric.Extra.F1).start();
    sum.add(row(1, 0.6f, 0, 0), row(1, 0, 0.5f, 1));
    assertThat(sum.figures().get("f1")).isCloseTo(2.0 / 5, within(1e-12));
  }

  @Test
  void constantIsTheMedianAndNoOtherConstantIsBetter() {
    Random random = new Random(3);
    List<Value.Raster> truths = new ArrayList<>();
    for (int n = 0; n < 41; n++) {
      truths.add(row(random.nextFloat(), (float) Math.pow(random.nextFloat(), 3)));
    }
    RasterMetric metric = new RasterMetric(1);
    double best = error(metric, metric.constant(truths), truths);
    for (int n = 0; n < 200; n++) {
      Value other = row(random.nextFloat(), random.nextFloat());
      assertThat(error(metric, other, truths)).isGreaterThanOrEqualTo(best);
    }
    assertThat(metric.constant(List.of(row(0, 1), row(1, 1), row(0.5f, 0))))
        .satisfies(value -> assertThat(((Value.Raster) value).data()).containsExactly(0.5f, 1));
  }

  @Test
  void refusesPicturesOfDifferentSize() {
    Metric.Accumulator sum = new RasterMetric(1).start();
    assertThatThrownBy(() -> sum.add(row(1), row(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the raster is 1 x 1 x 1, must be 1 x 1 x 2");
    assertThatThrownBy(() -> sum.add(new Value.Text("a"), row(1)))
        .hasMessage("the value is Text, must be Raster");
    assertThatThrownBy(() -> new RasterMetric(1).constant(List.of()))
        .hasMessageContaining("at least one");
  }

  private static double error(Metric metric, Value constant, List<Value.Raster> truths) {
    Metric.Accumulator sum = metric.start();
    truths.forEach(truth -> sum.add(constant, truth));
    return sum.error();
  }

  private static Value.Raster row(float... values) {
    return new Value.Raster(1, 1, values.length, values);
  }
}
