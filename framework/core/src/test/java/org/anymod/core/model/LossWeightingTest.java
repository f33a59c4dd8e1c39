package org.anymod.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anymod.torch.Precision;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.Test;

/** Losses against their closed form, from logits, with vocabularies of different sizes. */
class LossWeightingTest {
  private record Sum(double loss, int slots, int vocabulary) {
    double mean() {
      return loss / slots;
    }
  }

  private static Sum crossEntropy(float[] logits, long[] targets, int vocabulary) {
    double loss = 0;
    for (int row = 0; row < targets.length; row++) {
      double sum = 0;
      for (int i = 0; i < vocabulary; i++) {
        sum += Math.exp(logits[row * vocabulary + i]);
      }
      loss += Math.log(sum) - logits[row * vocabulary + (int) targets[row]];
    }
    return new Sum(loss, targets.length, vocabulary);
  }

  private static double total(Map<String, Sum> sums, LossWeighting weighting) {
    double loss = 0;
    double slots = 0;
    double cells = 0;
    for (Sum sum : sums.values()) {
      slots += sum.slots();
      cells += (double) sum.slots() * sum.vocabulary();
    }
    for (Sum sum : sums.values()) {
      loss +=
          switch (weighting) {
            case MOD -> sum.mean() / 4;
            case TOKEN -> sum.loss() / slots;
            case PUBLISHED_TOKEN -> sum.mean() * sum.slots() * sum.vocabulary() / cells;
          };
    }
    return loss;
  }

  @Test
  void equalsTheClosedForm() {
    Batch batch = new Batch(TinyModels.MODALITIES, 2, 8, 12);
    // No targets of the learned codes: an output that only counts in the divisor of MOD.
    for (int i = 0; i < 2; i++) {
      batch.nextSample();
      batch.showSequence(TinyModels.TEXT, new int[] {5, 6});
      batch.predictGrid(TinyModels.GRID, new int[16], new int[] {0, 1, 2, 8});
      batch.predictSequence(TinyModels.PATH, new int[] {1, 2, 3});
      batch.predictSequence(TinyModels.TEXT, new int[] {250, 7, 9, 11});
    }
    try (AnyToAnyModel model = TinyModels.model(TinyModels.plain(), Precision.FLOAT32);
        TensorScope scope = TensorScope.on(Device.cpu())) {
      NDArray decoded = model.decode(batch, model.encode(batch, scope), scope);
      Map<String, Sum> sums = new LinkedHashMap<>();
      for (int m : new int[] {TinyModels.GRID, TinyModels.PATH, TinyModels.TEXT}) {
        ModelModality modality = TinyModels.MODALITIES.get(m);
        float[] logits = model.logits(decoded, batch, m, scope).toFloatArray();
        long[] targets = batch.target(m).targets.toArray();
        sums.put(modality.key(), crossEntropy(logits, targets, modality.vocabulary()));
      }
      for (LossWeighting weighting : LossWeighting.values()) {
        ModelLosses losses = model.losses(batch, weighting, scope);
        assertThat((double) losses.total().getFloat())
            .as(weighting.name())
            .isCloseTo(total(sums, weighting), within(1e-5));
        assertThat(losses.byModality().keySet().stream().map(ModelModality::key))
            .containsExactly("grid", "path", "text");
        losses
            .byModality()
            .forEach(
                (modality, loss) ->
                    assertThat((double) loss.getFloat())
                        .isCloseTo(sums.get(modality.key()).mean(), within(1e-5)));
      }
      assertThat(total(sums, LossWeighting.TOKEN))
          .isNotCloseTo(total(sums, LossWeighting.PUBLISHED_TOKEN), within(1e-2));
    }
  }
}
