package org.anymod.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.anymod.spi.Kind;
import org.anymod.torch.AdamW;
import org.anymod.torch.Autograd;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the model with recorded activations, losses, gradients and training steps of the
 * reference system.
 */
class PublishedModelParityTest {
  private static final int INPUTS = 80;
  private static final int TARGETS = 72;
  private static final float TOLERANCE = 2e-5f;

  private static boolean[] mask(Map<String, NDArray> data, String name) {
    byte[] bytes = data.get(name).toByteArray();
    boolean[] mask = new boolean[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      mask[i] = bytes[i] != 0;
    }
    return mask;
  }

  private static int[] ints(NDArray array) {
    return array.getDataType() == ai.djl.ndarray.types.DataType.INT64
        ? java.util.Arrays.stream(array.toLongArray()).mapToInt(Math::toIntExact).toArray()
        : array.toIntArray();
  }

  /** The recorded batch: masks are true where a token is not used. */
  private static Batch batch(List<ModelModality> modalities, NDManager manager) throws IOException {
    Map<String, NDArray> data = PublishedModels.read("fm_tiny_batch", manager);
    Batch batch = new Batch(modalities, 3, INPUTS, TARGETS);
    for (int sample = 0; sample < 3; sample++) {
      batch.nextSample();
      for (int m = 0; m < modalities.size(); m++) {
        addSample(batch, modalities.get(m), m, sample, data);
      }
    }
    return batch;
  }

  private static void addSample(
      Batch batch, ModelModality modality, int m, int sample, Map<String, NDArray> data) {
    NDArray tensor = data.get(modality.key() + "/tensor");
    boolean[] hidden = mask(data, modality.key() + "/input_mask");
    boolean[] notTarget = mask(data, modality.key() + "/target_mask");
    int length = hidden.length / 3;
    int[] visible = IntStream.range(0, length).filter(i -> !hidden[sample * length + i]).toArray();
    int[] targets =
        IntStream.range(0, length).filter(i -> !notTarget[sample * length + i]).toArray();
    if (modality.kind() instanceof Kind.PixelPatches) {
      batch.showPixels(m, tensor.get(sample).toFloatArray(), visible);
    } else if (modality.kind() instanceof Kind.EmbeddingSequence) {
      batch.showVectors(m, tensor.get(sample).toFloatArray(), visible);
    } else {
      int[] ids = ints(tensor.get(sample));
      if (modality.isSequence()) {
        batch.showSequence(m, IntStream.of(visible).map(i -> ids[i]).toArray());
        if (modality.declaration().isOutput()) {
          batch.predictSequence(m, IntStream.of(targets).map(i -> ids[i]).toArray());
        }
      } else {
        batch.showGrid(m, ids, visible);
        batch.predictGrid(m, ids, targets);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"fm_tiny_swiglu_nobias", "fm_tiny_swiglu_qknorm_nobias", "fm_tiny_gelu_bias"})
  void reproducesActivationsLogitsAndLosses(String name) throws IOException {
    try (AnyToAnyModel model = PublishedModels.model(name);
        TensorScope scope = TensorScope.on(Device.cpu())) {
      NDManager manager = scope.manager();
      Map<String, NDArray> expected = PublishedModels.read(name + ".expected", manager);
      Batch batch = batch(model.modalities(), manager);
      AnyToAnyModel.Context context = model.encode(batch, scope);
      assertRowsEqual(context.context(), expected.get("context"), mask(expected, "encoder_mask"));
      NDArray decoded = model.decode(batch, context, scope);
      assertRowsEqual(decoded, expected.get("decoder_output"), mask(expected, "decoder_mask"));
      for (int m = 0; m < model.modalities().size(); m++) {
        ModelModality modality = model.modalities().get(m);
        if (modality.declaration().isOutput()) {
          NDArray logits = model.logits(decoded, batch, m, scope);
          assertClose(logits, expected.get("logits/" + modality.key()));
          assertThat(batch.target(m).targets.toArray())
              .containsExactly(expected.get("target/" + modality.key()).toLongArray());
        }
      }
      ModelLosses losses = model.losses(batch, LossWeighting.MOD, scope);
      assertThat(losses.total().getFloat())
          .isCloseTo(expected.get("loss/mod").getFloat(), within(1e-5f));
      // All vocabularies of these models are of one size, so that both ways to weigh tokens agree.
      for (LossWeighting token : List.of(LossWeighting.TOKEN, LossWeighting.PUBLISHED_TOKEN)) {
        assertThat(model.losses(batch, token, scope).total().getFloat())
            .isCloseTo(expected.get("loss/token").getFloat(), within(1e-5f));
      }
      losses
          .byModality()
          .forEach(
              (modality, loss) ->
                  assertThat(loss.getFloat())
                      .isCloseTo(
                          expected.get("loss/mod/" + modality.key()).getFloat(), within(1e-5f)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"fm_tiny_swiglu_nobias", "fm_tiny_swiglu_qknorm_nobias", "fm_tiny_gelu_bias"})
  void reproducesGradientNorms(String name) throws IOException {
    JsonNode recorded = PublishedModels.summary().get("models").get(name);
    try (AnyToAnyModel model = PublishedModels.model(name);
        TensorScope scope = TensorScope.on(Device.cpu())) {
      Batch batch = batch(model.modalities(), scope.manager());
      Autograd.backward(
          Autograd.record(() -> model.losses(batch, LossWeighting.MOD, scope).total()));
      int compared = 0;
      for (String weight : model.parameters().trainedNames()) {
        JsonNode norm = recorded.get("grad_norm_mod_loss").get(weight);
        if (norm != null) {
          double own = model.parameters().get(weight).getGradient().norm().getFloat();
          assertThat(own)
              .as(weight)
              .isCloseTo(norm.asDouble(), within(1e-4 * norm.asDouble() + 1e-7));
          compared++;
        }
      }
      assertThat(compared).isGreaterThan(30);
    }
  }

  @Test
  void reproducesTrainingSteps() throws IOException {
    String name = "fm_tiny_swiglu_nobias";
    JsonNode steps = PublishedModels.summary().get("models").get(name).get("adamw");
    try (AnyToAnyModel model = PublishedModels.model(name);
        TensorScope scope = TensorScope.on(Device.cpu())) {
      AdamW optimizer =
          new AdamW(
              model.parameters(),
              new AdamW.Settings(0.9, 0.95, 1e-8, 0.05),
              weight ->
                  !(weight.contains("norm.")
                      || weight.contains(".norm")
                      || weight.endsWith(".bias")),
              model.scope());
      Batch batch = batch(model.modalities(), scope.manager());
      List<Double> losses = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        try (TensorScope step = scope.open()) {
          NDArray loss =
              Autograd.record(() -> model.losses(batch, LossWeighting.MOD, step).total());
          losses.add((double) loss.getFloat());
          Autograd.backward(loss);
          optimizer.step(1e-3, 0, step);
        }
      }

      JsonNode recorded = steps.get("loss_before_each_step");
      for (int i = 0; i < 6; i++) {
        assertThat(losses.get(i)).isCloseTo(recorded.get(i).get("loss").asDouble(), within(1e-4));
      }
    }
  }

  private static void assertRowsEqual(NDArray own, NDArray expected, boolean[] padded) {
    int width = (int) expected.getShape().get(expected.getShape().dimension() - 1);
    float[] a = own.toFloatArray();
    float[] b = expected.toFloatArray();
    assertThat(a).hasSameSizeAs(b);
    for (int row = 0; row < padded.length; row++) {
      if (!padded[row]) {
        for (int i = row * width; i < (row + 1) * width; i++) {
          assertThat(a[i]).as("row %d", row).isCloseTo(b[i], within(TOLERANCE));
        }
      }
    }
  }

  private static void assertClose(NDArray own, NDArray expected) {
    float[] a = own.toFloatArray();
    float[] b = expected.toFloatArray();
    assertThat(a).hasSameSizeAs(b);
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i]).isCloseTo(b[i], within(TOLERANCE));
    }
  }
}
