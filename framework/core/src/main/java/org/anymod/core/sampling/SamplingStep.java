package org.anymod.core.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.torch.StreamRandom;

/**
 * What sampling one modality needs; with guidance, conditions are hidden in a second pass.
 *
 * @param link modality and settings
 * @param rows rows that are sampled
 * @param conditions which modalities are conditions of the request
 * @param pending sequences that are still to come, this one included
 * @param random chance of each row
 */
record SamplingStep(
    Link link, List<Row> rows, boolean[] conditions, List<Integer> pending, StreamRandom[] random) {

  int modality() {
    return link.modality();
  }

  SamplingRecipe settings() {
    return link.settings();
  }

  boolean guided() {
    return settings().guidance() != 1.0
        && IntStream.range(0, conditions.length).anyMatch(i -> conditions[i]);
  }

  /** The rows, followed by the same rows without conditions if guided. */
  List<Row> passes() {
    if (!guided()) {
      return rows;
    }
    List<Row> all = new ArrayList<>(rows);
    rows.forEach(row -> all.add(row.without(conditions)));
    return all;
  }

  /**
   * Classifier-free guidance: {@code u + s (c - u)} where the second half of the logits is
   * unconditional.
   */
  float[] guide(float[] logits) {
    if (!guided()) {
      return logits;
    }
    int half = logits.length / 2;
    float scale = (float) settings().guidance();
    float[] guided = new float[half];
    for (int i = 0; i < half; i++) {
      guided[i] = logits[half + i] + scale * (logits[i] - logits[half + i]);
    }
    return guided;
  }
}
