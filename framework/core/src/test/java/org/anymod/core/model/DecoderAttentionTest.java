package org.anymod.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.torch.Precision;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.Test;

/** What targets see of each other, of registers and of the budget. */
class DecoderAttentionTest {
  private static Batch batch(int[] path, int... places) {
    Batch batch = new Batch(TinyModels.MODALITIES, 1, 4, 12);
    batch.nextSample();
    batch.showSequence(TinyModels.TEXT, new int[] {5, 6});
    batch.predictGrid(TinyModels.GRID, new int[16], places);
    batch.predictSequence(TinyModels.PATH, path);
    batch.predictSequence(TinyModels.TEXT, new int[] {1, 2, 3});
    return batch;
  }

  private static float[] logits(ModelRecipe recipe, Batch batch, int modality) {
    try (AnyToAnyModel model = TinyModels.model(recipe, Precision.FLOAT32);
        TensorScope scope = TensorScope.on(Device.cpu())) {
      NDArray decoded = model.decode(batch, model.encode(batch, scope), scope);
      return model.logits(decoded, batch, modality, scope).toFloatArray();
    }
  }

  @Test
  void separatesModalitiesUnlessAskedNotTo() {
    Batch one = batch(new int[] {1, 2, 3}, 0, 1);
    Batch other = batch(new int[] {1, 9, 3}, 0, 1);
    ModelRecipe separate = TinyModels.withDecoder(false, true);
    ModelRecipe together = TinyModels.withDecoder(false, false);
    assertThat(logits(separate, other, TinyModels.TEXT))
        .isEqualTo(logits(separate, one, TinyModels.TEXT));
    assertThat(logits(together, other, TinyModels.TEXT))
        .isNotEqualTo(logits(together, one, TinyModels.TEXT));
    // What comes later is not seen: the grid comes first.
    assertThat(logits(together, other, TinyModels.GRID))
        .isEqualTo(logits(together, one, TinyModels.GRID));
  }

  @Test
  void showsGridsAllTheirTargetsUnlessCausal() {
    assertThat(seen(TinyModels.withDecoder(false, true)))
        .isEqualTo("11..... 11..... ..1.... ..11... ....1.. ....11.");
    assertThat(seen(TinyModels.withDecoder(true, true)))
        .isEqualTo("1...... 11..... ..1.... ..11... ....1.. ....11.");
    assertThat(seen(TinyModels.withDecoder(true, false)))
        .isEqualTo("1...... 11..... 111.... 1111... 11111.. 111111.");
    assertThat(seen(TinyModels.withDecoder(false, false)))
        .isEqualTo("11..... 11..... 111.... 1111... 11111.. 111111.");
  }

  /** The rows of slots with a target. */
  private static String seen(ModelRecipe recipe) {
    Batch batch = new Batch(TinyModels.MODALITIES, 1, 1, 7);
    batch.nextSample();
    batch.predictGrid(TinyModels.GRID, new int[16], new int[] {3, 4});
    batch.predictSequence(TinyModels.PATH, new int[] {1, 2, 3});
    batch.predictSequence(TinyModels.TEXT, new int[] {1, 2, 3});
    long[] group = batch.group(recipe.decoderSeparate());
    long[] end = batch.end(recipe.decoderCausal());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      text.append(i == 0 ? "" : " ");
      for (int j = 0; j < 7; j++) {
        text.append(group[i] == group[j] && j < end[i] ? '1' : '.');
      }
    }
    return text.toString();
  }

  @Test
  void putsRegistersBeforeTheTokensAndTrainsThem() {
    Batch batch = TinyModels.batch(2);
    try (AnyToAnyModel model = TinyModels.model(TinyModels.withDropPath(0), Precision.FLOAT32);
        TensorScope scope = TensorScope.on(Device.cpu())) {
      AnyToAnyModel.Context context = model.encode(batch, scope);
      assertThat(context.context().getShape().get(1)).isEqualTo(24 + 2);
      assertThat(context.mask().getShape().get(3)).isEqualTo(24 + 2);
      // The sample with one visible token: two registers, the token, then padding.
      float[] mask = context.mask().toFloatArray();
      assertThat(mask[2 * 26 + 2]).isZero();
      assertThat(mask[2 * 26 + 3]).isLessThan(-1e38f);
      NDArray registers = model.parameters().get("register_tokens");
      float before = model.losses(batch, LossWeighting.MOD, scope).total().getFloat();
      registers.muli(-1);
      assertThat(model.losses(batch, LossWeighting.MOD, scope).total().getFloat())
          .isNotEqualTo(before);
    }
  }

  @Test
  void saysWhatDidNotFit() {
    Batch batch = new Batch(TinyModels.MODALITIES, 1, 3, 3);
    batch.nextSample();
    batch.showGrid(TinyModels.GRID, new int[16], new int[] {0, 1});
    batch.showSequence(TinyModels.TEXT, new int[] {1, 2, 3});
    batch.predictGrid(TinyModels.GRID, new int[16], new int[] {4, 5, 6, 7});
    assertThat(batch.dropped()).isEqualTo(3);
    assertThat(batch.droppedByModality()).isEqualTo(Map.of("text", 2, "grid", 1));
  }

  @Test
  void refusesMoreTokensThanPositions() {
    Batch batch = new Batch(TinyModels.MODALITIES, 1, 600, 3);
    batch.nextSample();
    assertThatThrownBy(() -> batch.showSequence(TinyModels.TEXT, new int[513]))
        .hasMessageContaining(
            "text: 513 visible tokens of one sample, but there are 512 positions");
  }
}
