package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class TextMetricTest {

  @Test
  void comparesWordsAsMultisets() {
    Metric.Accumulator sum = new TextMetric().start();
    sum.add(new Value.Text("a red red ball"), new Value.Text("A red ball, a box."));
    // Shared: a, red, ball. Four words predicted, five true.
    assertThat(sum.error()).isCloseTo(1 - 2.0 * 3 / 9, within(1e-12));
  }

  @Test
  void ignoresCaseAndPunctuation() {
    Metric.Accumulator sum = new TextMetric().start();
    sum.add(new Value.Text("Über dem Baum!"), new Value.Text("über dem baum"));
    sum.add(new Value.Text("dem baum über"), new Value.Text("über dem baum"));
    assertThat(sum.error()).isZero();
    assertThat(sum.figures()).containsEntry("word_f1", 1.0).containsEntry("exact", 0.5);
  }

  @Test
  void averagesOverSamples() {
    Metric.Accumulator sum = new TextMetric().start();
    assertThat(sum.error()).isNaN();
    sum.add(new Value.Text(""), new Value.Text("..."));
    sum.add(new Value.Text(""), new Value.Text("word"));
    assertThat(sum.error()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void comparesRunsOfWordsWithAllTexts() {
    Metric.Accumulator sum = new TextMetric().start();
    Value truth = new Value.Structured(List.of("a red ball", "A green ball."));
    sum.add(new Value.Text("a green ball"), truth);
    sum.add(new Value.Text("one blue cube"), new Value.Text("one blue cube"));
    assertThat(sum.figures().get("bleu4")).isCloseTo(1, within(1e-12));
    assertThat(sum.figures().get("cider_d"))
        .isCloseTo(10 * ((1 / 6.0 + 0.75) / 2 + 0.75) / 2, within(1e-9));
    assertThat(sum.figures().get("word_f1")).isCloseTo((2.0 / 3 + 1) / 2, within(1e-12));
  }

  @Test
  void constantIsTheTruthMostLikeTheOthers() {
    Value middle = new Value.Text("a red ball");
    List<Value> truths =
        List.of(
            new Value.Text("blue box"), middle, new Value.Text("a ball"), new Value.Text("red"));
    assertThat(new TextMetric().constant(truths)).isEqualTo(middle);
    assertThat(new TextMetric().constant(List.of(new Value.Text("x"), new Value.Text("y"))))
        .isEqualTo(new Value.Text("x"));
    assertThatThrownBy(() -> new TextMetric().constant(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
