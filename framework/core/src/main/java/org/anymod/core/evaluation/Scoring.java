package org.anymod.core.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;

/** Compares answers with the truth. */
final class Scoring {
  private final AlignedValues truths;
  private final List<MoreFigures> more;

  Scoring(AlignedValues truths, List<MoreFigures> more) {
    this.truths = truths;
    this.more = List.copyOf(more);
  }

  /**
   * Measures answers for some samples.
   *
   * @param output what was asked for
   * @param answers one for each sample
   * @param samples numbers of the samples, all of which have the output
   */
  Evaluation.Score score(UsedModality output, List<Value> answers, int[] samples) {
    Metric.Accumulator sum = output.modality().metric().start();
    List<Value> expected = truths.of(output.key(), samples);
    for (int i = 0; i < samples.length; i++) {
      sum.add(answers.get(i), expected.get(i));
    }
    Map<String, Double> figures = new LinkedHashMap<>(sum.figures());
    more.forEach(one -> figures.putAll(one.of(output, answers, samples)));
    return new Evaluation.Score(sum.error(), figures);
  }
}
