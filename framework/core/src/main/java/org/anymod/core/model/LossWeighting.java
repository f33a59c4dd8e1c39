package org.anymod.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.anymod.torch.Kernels;

/** How the losses of modalities become one number. */
public enum LossWeighting {
  /**
   * The sum over modalities divided by the number of outputs, those without targets in the batch
   * included.
   */
  MOD {
    @Override
    NDArray total(List<NDArray> losses, List<Integer> counts, int outputs, NDManager manager) {
      return Kernels.shared().call(manager, "mean_of", losses, manager.create((double) outputs));
    }
  },
  /** The mean over all targets, whatever their modality. */
  TOKEN {
    @Override
    NDArray total(List<NDArray> losses, List<Integer> counts, int outputs, NDManager manager) {
      double all = counts.stream().mapToInt(Integer::intValue).sum();
      List<NDArray> weighed = new ArrayList<>();
      for (int i = 0; i < losses.size(); i++) {
        weighed.add(losses.get(i).mul(counts.get(i)));
      }
      return Kernels.shared().call(manager, "mean_of", weighed, manager.create(all));
    }
  };

  abstract NDArray total(
      List<NDArray> losses, List<Integer> counts, int outputs, NDManager manager);
}
