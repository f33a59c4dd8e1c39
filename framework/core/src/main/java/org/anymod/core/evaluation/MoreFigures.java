package org.anymod.core.evaluation;

import java.util.List;
import java.util.Map;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Value;

/** Figures of answers that need more than the answers and their truths one by one. */
interface MoreFigures {

  /**
   * Measures answers.
   *
   * @param output what was asked for
   * @param answers one for each sample
   * @param samples numbers of the samples
   * @return figures by name; none where they make no sense for this output
   */
  Map<String, Double> of(UsedModality output, List<Value> answers, int[] samples);
}
