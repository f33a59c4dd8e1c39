package org.anymod.core.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.anymod.torch.Kernels;
import org.anymod.torch.TensorScope;

/**
 * The passes that one decoding step makes, and how their logits are combined: one for each term of
 * the guidance and, where it counts, one without conditions.
 *
 * @param hidden for each pass the modalities that it hides
 * @param weights weight of each term, for each link that is sampled in these passes
 * @param unconditional whether the last pass is the one without conditions
 */
record Passes(List<Set<Integer>> hidden, List<double[]> weights, boolean unconditional) {

  /** One pass that hides nothing, for a number of links. */
  static Passes plain(int links) {
    return new Passes(List.of(Set.of()), Collections.nCopies(links, new double[] {1}), false);
  }

  /**
   * Combines the logits of all passes: {@code u + sum_i w_i (c_i - u)}.
   *
   * @param logits (passes * rows, vocabulary), pass after pass
   * @param link number of the link whose weights count
   * @param scope owner of the result
   * @return (rows, vocabulary)
   */
  NDArray combine(NDArray logits, int link, TensorScope scope) {
    if (count() == 1) {
      return logits;
    }
    return Kernels.shared()
        .call(
            scope.manager(),
            "guided",
            logits,
            factors(weights.get(link), scope.manager()),
            scope.host().create(unconditional ? 1L : 0L));
  }

  private static NDArray factors(double[] weights, NDManager manager) {
    float[] factors = new float[weights.length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) weights[i];
    }
    return manager.create(factors, new Shape(factors.length, 1, 1));
  }

  int count() {
    return hidden.size();
  }
}
