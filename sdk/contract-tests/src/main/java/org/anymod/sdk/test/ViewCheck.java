package org.anymod.sdk.test;

import static org.assertj.core.api.Assertions.fail;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.anymod.spi.Labeler;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;

/** What people see of values, how values are measured and what computes them. */
final class ViewCheck {
  private ViewCheck() {}

  static void valuesCanBeLookedAt(Subject subject) {
    Modality modality = subject.modality();
    for (Value sample : subject.samples()) {
      Rendering shown = modality.renderer().render(sample);
      if (shown == null) {
        fail("renderer(): gives null, must give a picture or a text");
      }
      if (shown instanceof Rendering.Picture picture
          && picture.image().getType() != BufferedImage.TYPE_INT_RGB) {
        fail(
            "renderer(): the picture has the type %d, must be TYPE_INT_RGB (%d)",
            picture.image().getType(), BufferedImage.TYPE_INT_RGB);
      }
    }
  }

  static void theTruthHasNoError(Subject subject) {
    Metric metric = subject.modality().metric();
    Metric.Accumulator all = metric.start();
    for (Value sample : subject.samples()) {
      all.add(ValueContent.copy(sample), sample);
    }
    if (!(Math.abs(all.error()) <= 1e-6)) {
      fail("metric(): the error of the truth itself is %s, must be 0", all.error());
    }
    checkFigures(metric, all);
    double none = metric.start().error();
    if (!Double.isNaN(none)) {
      fail("metric(): the error without samples is %s, must be NaN", none);
    }
  }

  private static void checkFigures(Metric metric, Metric.Accumulator sum) {
    Map<String, Double> figures = sum.figures();
    Double error = figures.get(metric.name());
    if (error == null || Double.compare(error, sum.error()) != 0) {
      fail("metric(): figures() gives %s, must hold %s = error()", figures, metric.name());
    }
  }

  static void otherValuesHaveAnError(Subject subject) {
    Metric metric = subject.modality().metric();
    List<Value> samples = subject.samples();
    Metric.Accumulator sum = metric.start();
    Metric.Accumulator untouched = metric.start();
    for (int i = 0; i < samples.size(); i++) {
      sum.add(samples.get((i + 1) % samples.size()), samples.get(i));
    }
    if (!(sum.error() > 0) || Double.isInfinite(sum.error())) {
      fail("metric(): the error of other samples is %s, must be positive and finite", sum.error());
    }
    if (!Double.isNaN(untouched.error())) {
      fail("metric(): accumulators share their sums; each start() must begin anew");
    }
  }

  static void thereIsABestConstant(Subject subject) {
    Modality modality = subject.modality();
    List<Value> samples = subject.samples();
    Value constant = modality.metric().constant(samples);
    modality
        .value()
        .violation(constant)
        .ifPresent(reason -> fail("metric(): the constant %s", reason));
    double error = errorOf(modality.metric(), constant, samples);
    if (!(error >= 0) || Double.isInfinite(error)) {
      fail("metric(): the error of the constant is %s, must be finite and not negative", error);
    }
    List<Value> answers = modality.metric().consensus(List.of(samples, samples));
    if (answers.size() != 2) {
      fail("metric(): consensus gives %d answers for 2 samples", answers.size());
    }
  }

  private static double errorOf(Metric metric, Value constant, List<Value> truths) {
    Metric.Accumulator sum = metric.start();
    truths.forEach(truth -> sum.add(constant, truth));
    return sum.error();
  }

  static void labelsFitTheSpecification(Subject subject, Map<String, Value> inputs) {
    Modality modality = subject.modality();
    for (Labeler labeler : modality.labelers()) {
      if (labeler.from().isEmpty()) {
        fail("labelers(): one computes from nothing, must name at least one source");
      }
      if (inputs.keySet().containsAll(labeler.from())) {
        Value label = labeler.label(inputs);
        modality
            .value()
            .violation(label)
            .ifPresent(reason -> fail("labelers(): what is computed from %s %s", inputs, reason));
        ValueContent.difference(label, labeler.label(inputs), 0)
            .ifPresent(reason -> fail("labelers(): the same inputs give a label that %s", reason));
      }
    }
  }
}
