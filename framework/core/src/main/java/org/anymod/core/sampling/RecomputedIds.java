package org.anymod.core.sampling;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.Batch;
import org.anymod.torch.TensorScope;

/** Decodes the whole prefix again for each id: what caches are compared with. */
final class RecomputedIds implements IdSource {
  private final AnyToAnyModel model;
  private final int modality;
  private final RowEncoder.Encoded encoded;
  private final int passes;
  private final int rows;

  RecomputedIds(
      AnyToAnyModel model, int modality, RowEncoder.Encoded encoded, int passes, int rows) {
    this.model = model;
    this.modality = modality;
    this.encoded = encoded;
    this.passes = passes;
    this.rows = rows;
  }

  @Override
  public NDArray next(int[][] prefix, int n, int[] active, TensorScope step) {
    int[] at = encoded.packing().places();
    Batch batch = new Batch(model.modalities(), at.length, 1, n);
    for (int[] group : encoded.packing().groups()) {
      for (int entry : group) {
        batch.nextSample();
        // The id after the prefix is not known yet: what stands there is a target that nothing
        // reads.
        batch.predictSequence(modality, Arrays.copyOf(prefix[entry % rows], n + 1));
      }
    }
    NDArray decoded = model.inference().decode(batch, encoded.contexts(), step);
    long[] last = new long[passes * active.length];
    for (int i = 0; i < last.length; i++) {
      int entry = i / active.length * rows + active[i % active.length];
      last[i] = (long) at[entry] * n + n - 1;
    }
    return model.inference().logits(decoded, last, modality, step);
  }

  @Override
  public void close() {}
}
