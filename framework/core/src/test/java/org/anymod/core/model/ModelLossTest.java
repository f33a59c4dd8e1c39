package org.anymod.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.anymod.spi.Loss;
import org.anymod.torch.Kernels;
import org.anymod.torch.Precision;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.Test;

/** A modality may bring a loss of its own for the logits of its tokens. */
class ModelLossTest {

  /** Cross-entropy at twice the logits: sharper, with gradients of its own. */
  private record Sharp() implements Loss {
    @Override
    public String name() {
      return "sharp";
    }

    @Override
    public NDArray evaluate(NDArray prediction, NDArray target) {
      return Kernels.shared()
          .call(prediction.getManager(), "cross_entropy_loss", prediction.mul(2f), target);
    }
  }

  private static AnyToAnyModel model(Optional<Loss> gridLoss) {
    List<ModelModality> modalities = new ArrayList<>(TinyModels.MODALITIES);
    ModelModality grid = modalities.get(TinyModels.GRID);
    modalities.set(
        TinyModels.GRID, new ModelModality(grid.declaration(), grid.vocabulary(), gridLoss));
    return new AnyToAnyModel(TinyModels.plain(), modalities, 5, Device.cpu(), Precision.FLOAT32);
  }

  @Test
  void isUsedForItsModalityAndLeavesTheOthersAsTheyAre() {
    try (AnyToAnyModel plain = model(Optional.empty());
        AnyToAnyModel sharp = model(Optional.of(new Sharp()))) {
      Map<String, Float> expected = losses(plain);
      Map<String, Float> found = losses(sharp);
      assertThat(found.keySet()).isEqualTo(expected.keySet());
      found.forEach(
          (key, loss) -> {
            if (key.equals(TinyModels.MODALITIES.get(TinyModels.GRID).key())) {
              assertThat(loss)
                  .isCloseTo(sharpLoss(plain), within(1e-5f))
                  .isNotEqualTo(expected.get(key));
            } else {
              assertThat(loss).isCloseTo(expected.get(key), within(1e-6f));
            }
          });
    }
  }

  @Test
  void trainsItsHead() {
    try (AnyToAnyModel sharp = model(Optional.of(new Sharp()));
        TensorScope step = sharp.scope().open()) {
      sharp.lossesAndGradients(TinyModels.batch(1), LossWeighting.MOD, TrainingPass.of(1, 0), step);
      String head =
          "decoder_embeddings."
              + TinyModels.MODALITIES.get(TinyModels.GRID).key()
              + ".token_emb.weight";
      NDArray gradient = sharp.parameters().get(head).getGradient();
      gradient.attach(step.manager());
      NDArray sum = gradient.abs().sum();
      sum.attach(step.manager());
      assertThat(sum.getFloat()).isPositive();
    }
  }

  private static Map<String, Float> losses(AnyToAnyModel model) {
    Map<String, Float> losses = new TreeMap<>();
    try (TensorScope step = model.scope().open()) {
      model
          .losses(TinyModels.batch(1), LossWeighting.MOD, step)
          .byModality()
          .forEach((modality, loss) -> losses.put(modality.key(), loss.getFloat()));
    }
    return losses;
  }

  private static float sharpLoss(AnyToAnyModel plain) {
    Batch batch = TinyModels.batch(1);
    try (TensorScope step = plain.scope().open()) {
      NDArray decoded = plain.decode(batch, plain.encode(batch, step), step);
      NDArray logits = plain.logits(decoded, batch, TinyModels.GRID, step);
      NDArray targets = step.manager().create(batch.target(TinyModels.GRID).targets.toArray());
      NDArray loss = new Sharp().evaluate(logits, targets);
      loss.attach(step.manager());
      return loss.getFloat();
    }
  }
}
