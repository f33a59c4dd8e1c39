package org.anymod.core.training;

import java.util.Arrays;
import java.util.List;
import org.anymod.core.model.Batch;
import org.anymod.core.model.LossWeighting;
import org.anymod.core.model.ModelModality;

/**
 * Weights that make the losses of several batches, and of several ranks, add up to the loss of all
 * their samples in one batch. With c the targets of a modality in a batch and C those in all
 * batches, the loss of the modality in a batch counts c / (C * outputs) for {@code mod}, and c /
 * (sum of C over modalities) for {@code token}; where tokens count by vocabulary, c and C are
 * multiplied by it. Equality holds up to the order of additions.
 */
final class LossShares {
  private final LossWeighting weighting;
  private final long[] targets;
  private final double[] sizes;
  private final long outputs;

  LossShares(LossWeighting weighting, List<ModelModality> modalities, StepTotals totals) {
    this.weighting = weighting;
    this.targets = totals.targets();
    this.sizes = new double[targets.length];
    for (int m = 0; m < sizes.length; m++) {
      boolean byVocabulary = weighting == LossWeighting.PUBLISHED_TOKEN;
      sizes[m] = (double) targets[m] * (byVocabulary ? modalities.get(m).vocabulary() : 1);
    }
    this.outputs = modalities.stream().filter(m -> m.declaration().isOutput()).count();
  }

  /** Share of a batch in the loss of one modality, from 0 to 1. */
  double ofModality(Batch batch, int modality) {
    return (double) batch.targetTokens(modality) / targets[modality];
  }

  /** Factor of the loss of a modality in a batch, in the total. */
  double inTotal(Batch batch, int modality) {
    return switch (weighting) {
      case MOD -> ofModality(batch, modality) / outputs;
      case TOKEN, PUBLISHED_TOKEN ->
          ofModality(batch, modality) * sizes[modality] / Arrays.stream(sizes).sum();
    };
  }
}
