package org.anymod.core.masking;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One sample after masking.
 *
 * @param modalities in the order of the plan; null where a modality is absent or has no part in
 *     this sample
 */
public record MaskedSample(List<Masked> modalities) {

  /** Copies the list. */
  public MaskedSample {
    modalities = Collections.unmodifiableList(new ArrayList<>(modalities));
  }

  /**
   * Returns the number of tokens that the model sees.
   *
   * @return at most the input budget
   */
  public int inputTokens() {
    int sum = 0;
    for (Masked modality : modalities) {
      if (modality instanceof Masked.Grid grid) {
        sum += grid.visible().length;
      } else if (modality instanceof Masked.Sequence sequence) {
        sum += sequence.input().length;
      } else if (modality instanceof Masked.Vectors vectors) {
        sum += vectors.rows().length;
      }
    }
    return sum;
  }

  /**
   * Returns the number of tokens on the target side.
   *
   * @return at most the target budget
   */
  public int targetTokens() {
    int sum = 0;
    for (Masked modality : modalities) {
      if (modality instanceof Masked.Grid grid) {
        sum += grid.target().length;
      } else if (modality instanceof Masked.Sequence sequence) {
        sum += sequence.target().length;
      }
    }
    return sum;
  }
}
