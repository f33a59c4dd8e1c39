package org.anymod.core.training;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.model.Batch;
import org.anymod.core.model.ModelLosses;
import org.anymod.core.model.ModelModality;
import org.anymod.torch.StepRule;
import org.anymod.torch.TensorScope;
import org.anymod.torch.parallel.Communicator;

/**
 * A step whose figures may still be on the device. Closing it frees them.
 *
 * @param step number of the step, from 0
 * @param scope owner of its tensors
 * @param report norm, loss, whether it is a fault, whether it was skipped
 * @param losses losses of each batch
 * @param batches the batches of this rank
 * @param shares how their losses add up
 * @param rule numbers of the step
 * @param totals what was counted in it, over all ranks
 * @param group the ranks
 */
record MadeStep(
    long step,
    TensorScope scope,
    NDArray report,
    List<ModelLosses> losses,
    List<Batch> batches,
    LossShares shares,
    StepRule rule,
    StepTotals totals,
    Communicator group)
    implements AutoCloseable {

  /**
   * What the host gets to know of each step.
   *
   * @param norm global gradient norm before clipping
   * @param loss the loss
   * @param fault whether training must not go on as if nothing had happened
   * @param skipped whether the weights were left as they are
   */
  record Report(float norm, float loss, boolean fault, boolean skipped) {}

  /** Waits for the device. */
  Report read() {
    float[] numbers = report.toFloatArray();
    return new Report(numbers[0], numbers[1], numbers[2] > 0, numbers[3] > 0);
  }

  /** Mean loss of each modality with targets, over all batches and ranks; all ranks ask. */
  Map<ModelModality, Double> byModality(List<ModelModality> modalities) {
    double[] sums = new double[modalities.size()];
    for (int i = 0; i < batches.size(); i++) {
      if (losses.get(i).present().isEmpty()) {
        continue;
      }
      float[] own = losses.get(i).means().toFloatArray();
      for (int k = 0; k < own.length; k++) {
        int m = modalities.indexOf(losses.get(i).present().get(k));
        sums[m] += shares.ofModality(batches.get(i), m) * own[k];
      }
    }
    group.sum(sums);
    Map<ModelModality, Double> means = new LinkedHashMap<>();
    for (int m = 0; m < sums.length; m++) {
      if (totals.targets()[m] > 0) {
        means.put(modalities.get(m), sums[m]);
      }
    }
    return means;
  }

  @Override
  public void close() {
    scope.close();
  }
}
