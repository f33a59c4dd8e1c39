package org.anymod.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.Batch;
import org.anymod.core.model.ModelModality;
import org.anymod.core.model.PublishedModels;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.anymod.torch.Autograd;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;
import org.anymod.torch.SafeTensors;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderModelTest {
  private final TensorScope scope = TensorScope.on(Device.cpu());

  @AfterEach
  void freeTensors() {
    scope.close();
  }

  private static EncoderModel tiny(Kind.PixelPatches kind, int registers) {
    ModelRecipe recipe = Published.recipe(16, 1, 2, true, false, false);
    return new EncoderModel(
        recipe,
        Declaration.inputOnly("view", kind),
        registers,
        true,
        3,
        Device.cpu(),
        Precision.FLOAT32);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"fm_tiny_swiglu_nobias", "fm_tiny_swiglu_qknorm_nobias", "fm_tiny_gelu_bias"})
  void computesWhatTheWholeModelEncodesFromThePictureAlone(String name) throws IOException {
    Map<String, NDArray> data = PublishedModels.read("fm_tiny_batch", scope.manager());
    List<float[]> pictures =
        IntStream.range(0, 2)
            .mapToObj(i -> data.get(PublishedModels.PICTURE + "/tensor").get(i).toFloatArray())
            .toList();
    try (AnyToAnyModel whole = PublishedModels.model(name);
        EncoderModel encoder = Published.encoder(name)) {
      TransferReport report =
          encoder.load(
              PublishedModels.read(name, scope.manager()),
              PublishedModels.PICTURE,
              Positions.RESIZED);
      assertThat(report.kept()).isEmpty();
      assertThat(report.loaded()).hasSameSizeAs(encoder.parameters().all().keySet());
      assertThat(report.resized()).isEmpty();
      assertThat(report.unused()).contains("mask_token", "decoder_norm.weight");
      float[] own =
          Autograd.pause(() -> encoder.encode(encoder.pictures(pictures, scope), scope))
              .toFloatArray();
      assertThat(own).hasSize(2 * 196 * encoder.dim());
      float[] expected = encodedByTheWholeModel(whole, pictures);
      for (int i = 0; i < own.length; i++) {
        assertThat(own[i]).isCloseTo(expected[i], within(1e-5f));
      }
    }
  }

  /** With the context projection out of the way, only the added positions are to be taken off. */
  private float[] encodedByTheWholeModel(AnyToAnyModel whole, List<float[]> pictures) {
    Parameters parameters = whole.parameters();
    NDArray projection = parameters.get("decoder_proj_context.weight");
    NDArray bias = parameters.get("decoder_proj_context.bias");
    long dim = projection.getShape().get(0);
    Parameters.copy(scope.manager().eye((int) dim), projection);
    Parameters.copy(scope.manager().zeros(bias.getShape()), bias);
    int index = Published.indexOf(whole, PublishedModels.PICTURE);
    Batch batch = new Batch(whole.modalities(), pictures.size(), 196, 1);
    for (float[] picture : pictures) {
      batch.nextSample();
      batch.showPixels(index, picture, IntStream.range(0, 196).toArray());
    }
    String prefix = "encoder_embeddings." + PublishedModels.PICTURE + ".";
    return Autograd.pause(
            () ->
                whole
                    .encode(batch, scope)
                    .context()
                    .sub(
                        parameters.get(prefix + "pos_emb").add(parameters.get(prefix + "mod_emb"))))
        .toFloatArray();
  }

  @Test
  void beginsWithTheWeightsOfTheWholeModelOfTheSameSeed() throws IOException {
    ModelRecipe recipe = Published.recipe(16, 2, 2, true, true, true);
    Declaration input = Declaration.inputOnly("view", new Kind.PixelPatches(1, 8, 12, 4));
    try (EncoderModel encoder =
            new EncoderModel(recipe, input, 0, true, 5, Device.cpu(), Precision.FLOAT32);
        AnyToAnyModel whole =
            new AnyToAnyModel(
                recipe, List.of(new ModelModality(input, 0)), 5, Device.cpu(), Precision.FLOAT32)) {
      encoder
          .parameters()
          .all()
          .forEach(
              (name, tensor) ->
                  assertThat(tensor.toFloatArray())
                      .as(name)
                      .containsExactly(whole.parameters().get(name).toFloatArray()));
    }
  }

  @Test
  void registersStandBeforeThePatchesAndTheNormCanBeLeftOut() {
    Kind.PixelPatches kind = new Kind.PixelPatches(1, 8, 12, 4);
    Declaration input = Declaration.inputOnly("view", kind);
    ModelRecipe recipe = Published.recipe(16, 1, 2, true, false, false);
    try (EncoderModel model =
        new EncoderModel(recipe, input, 2, false, 3, Device.cpu(), Precision.FLOAT32)) {
      NDArray out = model.encode(model.pictures(List.of(new float[96]), scope), scope);
      assertThat(out.getShape()).isEqualTo(new Shape(1, 2 + 6, 16));
      assertThat(model.parameters().all()).containsKey("register_tokens");
      assertThat(model.parameters().all().keySet()).noneMatch(n -> n.startsWith("encoder_norm"));
    }
  }

  @Test
  void patchesAreInRowMajorOrder() {
    try (EncoderModel model = tiny(new Kind.PixelPatches(1, 8, 12, 4), 0)) {
      float[] picture = new float[96];
      // One pixel of the patch in the second row and third column.
      picture[4 * 12 + 8] = 1;
      NDArray size = scope.manager().create(4L);
      NDArray cut =
          Kernels.shared()
              .call(scope.manager(), "cut_patches", model.pictures(List.of(picture), scope), size);
      assertThat(cut.getShape()).isEqualTo(new Shape(1, 6, 16));
      float[] expected = new float[96];
      expected[5 * 16] = 1;
      assertThat(cut.toFloatArray()).containsExactly(expected);
    }
  }

  @Test
  void resizesOrRegeneratesPositionsOfAnotherGrid() {
    try (EncoderModel small = tiny(new Kind.PixelPatches(1, 16, 16, 4), 0);
        EncoderModel wide = tiny(new Kind.PixelPatches(1, 16, 24, 4), 0)) {
      String table = "encoder_embeddings.view.pos_emb";
      float[] own = wide.parameters().get(table).toFloatArray();
      TransferReport kept = wide.load(small.parameters().all(), "view", Positions.REGENERATED);
      assertThat(kept.kept()).containsExactly(table);
      assertThat(wide.parameters().get(table).toFloatArray()).containsExactly(own);

      TransferReport resized = wide.load(small.parameters().all(), "view", Positions.RESIZED);
      assertThat(resized.resized()).containsExactly(table);
      assertThat(resized.text()).contains("(1 resized)", "none kept");
      float[] changed = wide.parameters().get(table).toFloatArray();
      assertThat(changed).isNotEqualTo(own);
      // The sine of the row is the same for all columns, before and after.
      assertThat(changed[16 * 6]).isCloseTo(changed[16 * 7], within(1e-5f));
      assertThat(wide.load(wide.parameters().all(), "view", Positions.RESIZED).resized()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "6, 6", "8, 5"})
  void resizesLikeTheReference(int rows, int columns) throws IOException {
    Map<String, NDArray> recorded =
        SafeTensors.read(PublishedModels.file("/transfer/bicubic.safetensors"), scope.manager());
    NDArray table = recorded.get("h4_w4_dim32").reshape(1, 32, 16).transpose(0, 2, 1);
    NDArray sizes = scope.manager().create(new long[] {4, 4, rows, columns});
    NDArray resized = Kernels.shared().call(scope.manager(), "resize_places", table, sizes);
    float[] expected =
        recorded
            .get("h4_w4_dim32_bicubic_to_" + rows + "x" + columns)
            .reshape(1, 32, (long) rows * columns)
            .transpose(0, 2, 1)
            .toFloatArray();
    float[] own = resized.toFloatArray();
    assertThat(own).hasSameSizeAs(expected);
    for (int i = 0; i < own.length; i++) {
      assertThat(own[i]).isCloseTo(expected[i], within(1e-5f));
    }
  }

  @Test
  void takesThePictureOfACheckpointUnderAnotherKey() {
    ModelRecipe recipe = Published.recipe(16, 1, 2, true, false, false);
    Kind.PixelPatches kind = new Kind.PixelPatches(1, 16, 16, 4);
    try (EncoderModel model = tiny(kind, 0);
        EncoderModel other =
            new EncoderModel(
                recipe,
                Declaration.inputOnly("scan@16", kind),
                0,
                true,
                9,
                Device.cpu(),
                Precision.FLOAT32)) {
      TransferReport report = model.load(other.parameters().all(), "scan@16", Positions.RESIZED);
      assertThat(report.kept()).isEmpty();
      assertThat(report.unused()).isEmpty();
      assertThat(model.parameters().get("encoder_embeddings.view.proj.weight").toFloatArray())
          .containsExactly(
              other.parameters().get("encoder_embeddings.scan@16.proj.weight").toFloatArray());
    }
  }

  @Test
  void saysWhatDoesNotFitAndChangesNothing() {
    Kind.PixelPatches kind = new Kind.PixelPatches(1, 8, 8, 4);
    try (EncoderModel model = tiny(kind, 0)) {
      float[] before = model.parameters().get("encoder_norm.weight").toFloatArray();
      NDArray wrong = scope.manager().zeros(new Shape(3));
      NDArray right = scope.manager().zeros(new Shape(16));
      assertThatThrownBy(
              () ->
                  model.load(
                      Map.of("encoder_norm.weight", right, "encoder.0.norm1.weight", wrong),
                      "view",
                      Positions.RESIZED))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("encoder.0.norm1.weight has shape (3), must have (16)");
      assertThat(model.parameters().get("encoder_norm.weight").toFloatArray())
          .containsExactly(before);
      assertThatThrownBy(() -> model.load(Map.of("else", right), "view", Positions.RESIZED))
          .hasMessageContaining("no tensor of this model; it has [else]");
      assertThatThrownBy(() -> model.encode(right, scope)).hasMessageContaining("height=8");
      assertThatThrownBy(() -> model.pictures(List.of(new float[3]), scope))
          .hasMessageContaining("3 values, must have 64");
    }
  }

  @Test
  void readsNothingButPixelPatches() {
    Declaration grid =
        Declaration.inputOnly("grid", new Kind.TokenGrid(2, 2, 4, Kind.Positions.LEARNED));
    ModelRecipe recipe = Published.recipe(16, 1, 2, true, false, false);
    assertThatThrownBy(
            () -> new EncoderModel(recipe, grid, 0, true, 0, Device.cpu(), Precision.FLOAT32))
        .hasMessageContaining("grid is of the kind TokenGrid");
  }

  @Test
  void poolsTokensAndPredictsEveryPixel() {
    try (EncoderModel model = tiny(new Kind.PixelPatches(1, 8, 12, 4), 1)) {
      ClassificationHead mean = new ClassificationHead(3, Pooling.MEAN);
      ClassificationHead register = new ClassificationHead(3, Pooling.FIRST_REGISTER);
      ClassificationHead attention = new ClassificationHead(3, Pooling.ATTENTION);
      attention.attach(model, 1);
      float[] values = new InitialValues(4).normal("tokens", 2 * 7 * 16, 1);
      NDArray tokens = scope.manager().create(values, new Shape(2, 7, 16));
      NDArray patches = tokens.get(":, 1:");
      assertThat(mean.pool(model, tokens, scope).allClose(patches.mean(new int[] {1}))).isTrue();
      assertThat(register.pool(model, tokens, scope).toFloatArray())
          .containsExactly(tokens.get(":, 0").toFloatArray());
      NDArray query = model.parameters().get("output_head.query").reshape(16, 1);
      NDArray shares = patches.matMul(query).div(4).softmax(1);
      assertThat(
              attention
                  .pool(model, tokens, scope)
                  .allClose(patches.mul(shares).sum(new int[] {1}), 1e-5, 1e-5, false))
          .isTrue();
      assertThat(attention.logits(model, tokens, scope).getShape()).isEqualTo(new Shape(2, 3));

      DenseHead dense = new DenseHead(3);
      NDArray logits = dense.logits(model, tokens, scope);
      assertThat(logits.getShape()).isEqualTo(new Shape(2, 3, 8, 12));
      // The corner of the picture lies outside of all centres, so it has the logits of its patch.
      NDArray corner = Head.linear(model, patches, scope).get(":, 0");
      assertThat(logits.get(":, :, 0, 0").allClose(corner, 1e-5, 1e-5, false)).isTrue();
    }
  }

  @Test
  void refusesHeadsThatDoNotFit() {
    try (EncoderModel model = tiny(new Kind.PixelPatches(1, 8, 8, 4), 0)) {
      assertThatThrownBy(() -> new ClassificationHead(2, Pooling.FIRST_REGISTER).attach(model, 0))
          .hasMessageContaining("the model has no registers");
      assertThatThrownBy(() -> new DenseHead(1)).hasMessageContaining("must be at least 2");
    }
  }
}
