package org.anymod.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.anymod.torch.AdamW;
import org.anymod.torch.Autograd;
import org.anymod.torch.Precision;
import org.anymod.torch.StreamRandom;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.Test;

class PositionAlignmentTest {
  private static final int[] PLACES = IntStream.range(0, 64).toArray();

  /** Loss after some steps of learning to name the level of grey of each patch at its own place. */
  private static float lossAfter(int steps, String init) {
    List<ModelModality> modalities =
        List.of(
            new ModelModality(
                Declaration.inputOnly("grey@32", new Kind.PixelPatches(1, 32, 32, 4)), 0),
            new ModelModality(
                Declaration.inputAndOutput(
                    "level@32", new Kind.TokenGrid(8, 8, 8, Kind.Positions.SINE_COSINE)),
                8));
    ModelRecipe recipe = new ModelRecipe(64, 1, 1, 2, 4, true, false, false, true, init);
    float loss = 0;
    try (AnyToAnyModel model =
            new AnyToAnyModel(recipe, modalities, 1, Device.cpu(), Precision.FLOAT32);
        AdamW optimizer =
            new AdamW(
                model.parameters(),
                new AdamW.Settings(0.9, 0.95, 1e-8, 0),
                name -> false,
                model.scope())) {
      for (int i = 0; i < steps; i++) {
        Batch batch = batch(modalities, i);
        try (TensorScope step = model.scope().open()) {
          NDArray total =
              Autograd.record(() -> model.losses(batch, LossWeighting.MOD, step).total());
          Autograd.backward(total);
          optimizer.step(2e-3, 1, step);
          loss = total.getFloat();
        }
      }
    }
    return loss;
  }

  private static Batch batch(List<ModelModality> modalities, int step) {
    Batch batch = new Batch(modalities, 8, 64, 64);
    StreamRandom random = StreamRandom.at(5, "levels", step);
    for (int sample = 0; sample < 8; sample++) {
      int[] levels = new int[64];
      float[] pixels = new float[32 * 32];
      Arrays.setAll(levels, place -> random.nextInt(8));
      for (int p = 0; p < pixels.length; p++) {
        pixels[p] = (levels[p / 32 / 4 * 8 + p % 32 / 4] - 3.5f) / 2;
      }
      batch.nextSample();
      batch.showPixels(0, pixels, PLACES);
      batch.predictGrid(1, levels, PLACES);
    }
    return batch;
  }

  @Test
  void findsTheOwnPlaceSooner() {
    float chance = (float) Math.log(8);
    assertThat(lossAfter(60, "published")).isGreaterThan(0.9f * chance);
    assertThat(lossAfter(60, "aligned")).isLessThan(0.5f * chance);
  }
}
