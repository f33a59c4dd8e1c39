package org.anymod.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.Batch;
import org.anymod.core.model.LossWeighting;
import org.anymod.core.model.PublishedModels;
import org.anymod.core.model.TrainingPass;
import org.anymod.core.model.WeightAdapter;
import org.anymod.torch.AdamW;
import org.anymod.torch.Autograd;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Parameters;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LowRankAdaptersTest {
  private static final String MODEL = "fm_tiny_gelu_bias";
  private static final Set<LowRankTarget> ALL = EnumSet.allOf(LowRankTarget.class);

  private final TensorScope scope = TensorScope.on(Device.cpu());

  @AfterEach
  void freeTensors() {
    scope.close();
  }

  /** Shows a corner of one grid and asks for another. */
  private static Batch batch(AnyToAnyModel model) {
    int grid = Published.indexOf(model, "tok_depth@224");
    int[] tokens = IntStream.range(0, 196).map(i -> i * 7 % 512).toArray();
    Batch batch = new Batch(model.modalities(), 1, 12, 12);
    batch.nextSample();
    batch.showGrid(grid, tokens, IntStream.range(0, 12).toArray());
    batch.predictGrid(grid, tokens, IntStream.range(20, 32).toArray());
    return batch;
  }

  private float[] decoded(AnyToAnyModel model) {
    Batch batch = batch(model);
    return Autograd.pause(() -> model.decode(batch, model.encode(batch, scope), scope))
        .toFloatArray();
  }

  private void train(AnyToAnyModel model, int steps) {
    try (AdamW optimizer =
        new AdamW(
            model.parameters(),
            new AdamW.Settings(0.9, 0.95, 1e-8, 0),
            name -> false,
            model.scope())) {
      Batch batch = batch(model);
      for (int i = 0; i < steps; i++) {
        try (TensorScope step = scope.open()) {
          Autograd.backward(
              Autograd.record(() -> model.losses(batch, LossWeighting.MOD, step).total()));
          optimizer.step(1e-2, 0, step);
        }
      }
    }
  }

  @Test
  void freshAdaptersChangeNoBit() throws IOException {
    try (AnyToAnyModel model = PublishedModels.model(MODEL)) {
      float[] before = decoded(model);
      model.adapt(LowRankAdapters.create(model.parameters(), LowRankAdapters.Settings.of(ALL), 1));
      assertThat(decoded(model)).containsExactly(before);
    }
  }

  @Test
  void gradientsReachAdaptersOnlyAndTrainingChangesNothingElse() throws IOException {
    try (AnyToAnyModel model = PublishedModels.model(MODEL)) {
      LowRankAdapters adapters =
          LowRankAdapters.create(model.parameters(), LowRankAdapters.Settings.of(ALL), 1);
      model.adapt(adapters);
      Parameters parameters = model.parameters();
      assertThat(parameters.trainedNames())
          .hasSize(2 * adapters.layers().size())
          .allMatch(name -> name.contains(".lora_"));
      float[] weight = parameters.get("encoder.0.attn.qkv.weight").toFloatArray();
      float[] embedding = parameters.get("mask_token").toFloatArray();
      float[] before = decoded(model);
      train(model, 3);
      for (String name : parameters.trainedNames()) {
        assertThat(parameters.get(name).getGradient().getShape())
            .as(name)
            .isEqualTo(parameters.get(name).getShape());
      }
      assertThat(parameters.get("encoder.0.attn.qkv.lora_up.weight").toFloatArray())
          .isNotEqualTo(new float[3 * 48 * 12]);
      assertThat(parameters.get("encoder.0.attn.qkv.weight").hasGradient()).isFalse();
      assertThat(parameters.get("encoder.0.attn.qkv.weight").toFloatArray())
          .containsExactly(weight);
      assertThat(parameters.get("mask_token").toFloatArray()).containsExactly(embedding);
      assertThat(decoded(model)).isNotEqualTo(before);
      model.adapt(WeightAdapter.NONE);
      assertThat(decoded(model)).containsExactly(before);
    }
  }

  private Map<String, float[]> gradients(boolean recompute) throws IOException {
    try (AnyToAnyModel model = PublishedModels.model(MODEL);
        TensorScope step = model.scope().open()) {
      model.adapt(LowRankAdapters.create(model.parameters(), LowRankAdapters.Settings.of(ALL), 1));
      Parameters parameters = model.parameters();
      for (String name : parameters.trainedNames()) {
        if (name.endsWith("lora_up.weight")) {
          // Else no gradient would reach the other half.
          NDArray up = parameters.get(name);
          float[] values = new InitialValues(3).normal(name, up.getShape().size(), 0.1);
          Parameters.copy(scope.manager().create(values, up.getShape()), up);
        }
      }
      TrainingPass pass = TrainingPass.of(1, 0).withRecompute(recompute);
      model.lossesAndGradients(batch(model), LossWeighting.MOD, pass, step);
      Map<String, float[]> gradients = new LinkedHashMap<>();
      for (String name : parameters.all().keySet()) {
        NDArray tensor = parameters.get(name);
        if (tensor.hasGradient()) {
          gradients.put(name, Autograd.gradient(tensor, step.manager()).toFloatArray());
        }
      }
      return gradients;
    }
  }

  @Test
  void recomputationGivesAdaptersTheSameGradients() throws IOException {
    Map<String, float[]> kept = gradients(false);
    Map<String, float[]> recomputed = gradients(true);
    assertThat(recomputed.keySet()).isEqualTo(kept.keySet()).allMatch(n -> n.contains(".lora_"));
    kept.forEach(
        (name, gradient) -> {
          float largest = 0;
          for (float g : gradient) {
            largest = Math.max(largest, Math.abs(g));
          }
          assertThat(largest).as(name).isPositive();
          assertThat(recomputed.get(name))
              .as(name)
              .usingComparatorWithPrecision(1e-5f * largest)
              .containsExactly(gradient);
        });
  }

  @Test
  void fusedWeightsComputeTheSame() throws IOException {
    try (AnyToAnyModel model = PublishedModels.model(MODEL)) {
      LowRankAdapters adapters =
          LowRankAdapters.create(model.parameters(), new LowRankAdapters.Settings(2, 0.5, ALL), 1);
      model.adapt(adapters);
      train(model, 3);
      NDArray up = model.parameters().get("decoder.1.cross_attn.kv.lora_up.weight");
      NDArray down = model.parameters().get("decoder.1.cross_attn.kv.lora_down.weight");
      assertThat(up.getShape()).isEqualTo(new Shape(96, 4));
      assertThat(down.getShape()).isEqualTo(new Shape(4, 48));
      float[] expected =
          model
              .parameters()
              .get("decoder.1.cross_attn.kv.weight")
              .add(up.matMul(down).mul(0.5f))
              .toFloatArray();
      float[] unfused = decoded(model);
      adapters.fuse();
      float[] fused = decoded(model);
      for (int i = 0; i < fused.length; i++) {
        assertThat(fused[i]).isCloseTo(unfused[i], within(1e-5f));
      }
      float[] weight = model.parameters().get("decoder.1.cross_attn.kv.weight").toFloatArray();
      for (int i = 0; i < weight.length; i++) {
        assertThat(weight[i]).isCloseTo(expected[i], within(1e-6f));
      }
      assertThat(model.parameters().all().keySet()).noneMatch(name -> name.contains("lora"));
      // The model is as it was: its own checkpoint fits again.
      model.load(PublishedModels.read(MODEL, scope.manager()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "selfattn, 'attn,self_attn', 8",
    "cross_attn, cross_attn, 6",
    "attention, 'attn,self_attn,cross_attn', 14",
    "mlp, mlp, 8",
    "transformer, 'attn,self_attn,cross_attn,mlp', 22"
  })
  void targetsNameParts(String target, String parts, int layers) throws IOException {
    try (AnyToAnyModel model = PublishedModels.model(MODEL)) {
      LowRankAdapters adapters =
          LowRankAdapters.create(
              model.parameters(), LowRankAdapters.Settings.of(LowRankTarget.parse(target)), 1);
      assertThat(adapters.layers())
          .hasSize(layers)
          .allMatch(layer -> List.of(parts.split(",")).contains(layer.split("\\.")[2]));
    }
  }

  @Test
  void checkpointsHaveTheNamesOfTheWrappedLayers() throws IOException {
    try (AnyToAnyModel model = PublishedModels.model(MODEL)) {
      Set<LowRankTarget> targets = LowRankTarget.parse("selfattn");
      LowRankAdapters adapters =
          LowRankAdapters.create(model.parameters(), LowRankAdapters.Settings.of(targets), 1);
      Map<String, NDArray> own = model.parameters().all();
      Map<String, NDArray> injected = adapters.injectedNames(own);
      assertThat(injected)
          .hasSameSizeAs(own)
          .containsKeys(
              "encoder.0.attn.qkv.linear.weight",
              "encoder.0.attn.qkv.linear.bias",
              "encoder.0.attn.qkv.lora_down.weight",
              "encoder.0.attn.qkv.lora_up.weight",
              "encoder.0.attn.proj.linear.weight",
              "decoder.1.cross_attn.kv.weight",
              "encoder.0.mlp.fc1.weight")
          .doesNotContainKey("encoder.0.attn.qkv.weight");
      assertThat(LowRankAdapters.plainNames(injected).keySet()).isEqualTo(own.keySet());
    }
  }

  @Test
  void firstValuesHaveTheDeviationOfTheRank() throws IOException {
    try (EncoderModel model = Published.encoder(MODEL)) {
      LowRankAdapters.create(model.parameters(), new LowRankAdapters.Settings(4, 1, ALL), 1);
      NDArray down = model.parameters().get("encoder.0.attn.qkv.lora_down.weight");
      assertThat(down.getShape()).isEqualTo(new Shape(12, 48));
      double sum = 0;
      for (float value : down.toFloatArray()) {
        sum += value * value;
      }
      assertThat(Math.sqrt(sum / 576)).isCloseTo(0.25, within(0.03));
    }
  }

  @Test
  void refusesRanksAboveTheLayerAndSecondAdapters() throws IOException {
    try (EncoderModel model = Published.encoder(MODEL)) {
      Parameters parameters = model.parameters();
      List<String> names = List.copyOf(parameters.all().keySet());
      assertThatThrownBy(
              () -> LowRankAdapters.create(parameters, new LowRankAdapters.Settings(17, 1, ALL), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("rank is 17, too much")
          .hasMessageContaining(
              "encoder.0.attn.qkv (144, 48) packs 3, so that rank may be at most 16")
          .hasMessageNotContaining("encoder.0.attn.proj");
      assertThat(parameters.all().keySet()).containsExactlyElementsOf(names);
      assertThatThrownBy(
              () ->
                  LowRankAdapters.create(
                      parameters, LowRankAdapters.Settings.of(LowRankTarget.parse("crossattn")), 1))
          .hasMessageContaining("no linear layer of the targets [CROSS_ATTENTION]");
      assertThatThrownBy(() -> new LowRankAdapters.Settings(0, 1, ALL))
          .hasMessageContaining("rank is 0, must be at least 1");
      assertThatThrownBy(() -> LowRankTarget.parse("heads"))
          .hasMessageContaining("'heads' is unknown, must be selfattn");
      LowRankAdapters.create(parameters, new LowRankAdapters.Settings(16, 1, ALL), 1);
      assertThatThrownBy(
              () -> LowRankAdapters.create(parameters, LowRankAdapters.Settings.of(ALL), 1))
          .hasMessageContaining("has adapters already");
    }
  }

  @Test
  void leavesNoTensorBehind() throws IOException {
    try (AnyToAnyModel model = PublishedModels.model(MODEL)) {
      int before = model.scope().liveTensors();
      LowRankAdapters adapters =
          LowRankAdapters.create(model.parameters(), LowRankAdapters.Settings.of(ALL), 1);
      model.adapt(adapters);
      train(model, 2);
      adapters.fuse();
      assertThat(model.scope().liveTensors()).isEqualTo(before);
      assertThat(adapters.layers()).isEmpty();
    }
  }
}
