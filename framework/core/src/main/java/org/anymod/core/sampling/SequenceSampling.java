package org.anymod.core.sampling;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.Batch;
import org.anymod.core.model.ModelModality;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.core.sampling.schedule.Categorical;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.torch.TensorScope;

/** Draws the ids of sequences one after the other. */
final class SequenceSampling {
  private final AnyToAnyModel model;
  private final TextTokenizer text;
  private final RowEncoder encoder;

  SequenceSampling(AnyToAnyModel model, TextTokenizer text, RowEncoder encoder) {
    this.model = model;
    this.text = text;
    this.encoder = encoder;
  }

  /**
   * Grows every row's sequence until its closing sentinel. The encoder runs once; rows that are
   * finished draw no more.
   */
  void sample(SamplingStep step) {
    int m = step.modality();
    ModelModality modality = model.modalities().get(m);
    int rows = step.rows().size();
    int[][] prefix = new int[rows][modality.kind().maxTokens() + 2];
    int[] length = new int[rows];
    boolean[] finished = new boolean[rows];
    for (int r = 0; r < rows; r++) {
      prefix[r][0] = text.sentinel(1);
      length[r] = 1;
      finished[r] = step.rows().get(r).get(m) != null;
    }
    try (TensorScope scope = model.scope().open()) {
      List<Row> passes = step.passes();
      AnyToAnyModel.Context context = encoder.encode(passes, step.pending(), scope);
      for (int n = 1; n <= modality.kind().maxTokens() && !all(finished); n++) {
        float[] logits = nextLogits(step, passes.size(), m, prefix, n, context, scope);
        append(step, m, prefix, length, finished, logits);
      }
    }
    for (int r = 0; r < rows; r++) {
      if (step.rows().get(r).get(m) == null) {
        step.rows().get(r).set(m, new Known.Sequence(Arrays.copyOfRange(prefix[r], 1, length[r])));
      }
    }
  }

  private static boolean all(boolean[] flags) {
    for (boolean flag : flags) {
      if (!flag) {
        return false;
      }
    }
    return true;
  }

  /** Logits of the id after the first {@code n}, (rows * vocabulary). */
  private float[] nextLogits(
      SamplingStep step,
      int passes,
      int m,
      int[][] prefix,
      int n,
      AnyToAnyModel.Context context,
      TensorScope outer) {
    try (TensorScope scope = outer.open()) {
      Batch batch = new Batch(model.modalities(), passes, 1, n);
      long[] last = new long[passes];
      for (int r = 0; r < passes; r++) {
        batch.nextSample();
        // The id after the prefix is not known yet: what stands there is a target that nothing
        // reads.
        batch.predictSequence(m, Arrays.copyOf(prefix[r % prefix.length], n + 1));
        last[r] = (long) r * n + n - 1;
      }
      NDArray decoded = model.decode(batch, context, scope);
      return step.guide(model.logitsAt(decoded, last, m, scope).toFloatArray());
    }
  }

  private void append(
      SamplingStep step, int m, int[][] prefix, int[] length, boolean[] finished, float[] logits) {
    SamplingRecipe settings = step.settings();
    int vocabulary = model.modalities().get(m).vocabulary();
    float[] confidence = new float[1];
    for (int r = 0; r < prefix.length; r++) {
      if (finished[r]) {
        continue;
      }
      int id =
          Categorical.sample(
              logits,
              r * vocabulary,
              (r + 1) * vocabulary,
              settings.temperature(),
              (int) settings.topK(),
              settings.topP(),
              step.random()[r].nextDouble(),
              confidence);
      if (text.isSentinel(id) || length[r] == prefix[r].length) {
        finished[r] = true;
      } else {
        prefix[r][length[r]++] = id;
        finished[r] = id == text.eos();
      }
    }
  }
}
