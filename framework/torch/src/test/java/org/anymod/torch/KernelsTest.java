package org.anymod.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelsTest {
  private static final int DIM = 16;

  private final TensorScope scope = TensorScope.on(Device.cpu());
  private final NDManager manager = scope.manager();
  private final Kernels kernels = Kernels.shared();

  @AfterEach
  void close() {
    scope.close();
  }

  private Parameters block(long seed) {
    InitialValues init = new InitialValues(seed);
    Parameters parameters = new Parameters(manager);
    for (String norm : List.of("norm1", "norm2")) {
      parameters.weight(
          "encoder.0." + norm + ".weight", new Shape(DIM), InitialValues.constant(DIM, 1));
    }
    int[][] shapes = {{3 * DIM, DIM}, {DIM, DIM}, {24, DIM}, {24, DIM}, {DIM, 24}};
    String[] names = {"attn.qkv", "attn.proj", "mlp.fc1", "mlp.fc3", "mlp.fc2"};
    for (int i = 0; i < names.length; i++) {
      String name = "encoder.0." + names[i] + ".weight";
      parameters.weight(
          name,
          new Shape(shapes[i][0], shapes[i][1]),
          init.xavier(name, shapes[i][0], shapes[i][1], 1));
    }
    return parameters;
  }

  private List<Float> train(int steps, List<Integer> liveTensors) {
    Parameters parameters = block(3);
    NDArray none = TransformerKernel.none(manager);
    List<NDArray> weights = TransformerKernel.encoderWeights(parameters, "encoder", 1, none);
    NDArray config =
        TransformerKernel.config(
            manager, 4, 1, true, TransformerKernel.Activation.SILU, false, Precision.FLOAT32);
    InitialValues init = new InitialValues(9);
    NDArray x = manager.create(init.normal("x", 2 * 5 * DIM, 1), new Shape(2, 5, DIM));
    NDArray y = manager.create(init.normal("y", 2 * 5 * DIM, 1), new Shape(2, 5, DIM));
    List<Float> losses = new ArrayList<>();
    AdamW.Settings settings = new AdamW.Settings(0.9, 0.95, 1e-8, 0.05);
    try (AdamW optimizer = new AdamW(parameters, settings, name -> true, scope)) {
      for (int i = 0; i < steps; i++) {
        try (TensorScope step = scope.open()) {
          NDArray loss =
              Autograd.record(
                  () ->
                      kernels.call(
                          step.manager(),
                          "mse_loss",
                          kernels.call(step.manager(), "encoder", x, none, weights, config),
                          y));
          Autograd.backward(loss);
          optimizer.step(1e-2, 1.0, step);
          losses.add(loss.getFloat());
        }
        liveTensors.add(scope.liveTensors());
      }
    }
    return losses;
  }

  @Test
  void trainsABlockDeterministically() {
    List<Float> first = train(60, new ArrayList<>());
    assertThat(first.get(59)).isLessThan(first.get(0) / 10);
    assertThat(train(60, new ArrayList<>())).isEqualTo(first);
  }

  @Test
  void keepsTheNumberOfLiveTensorsFlat() {
    List<Integer> live = new ArrayList<>();
    train(300, live);
    assertThat(live.subList(2, live.size())).containsOnly(live.get(2));
  }

  @Test
  void clipsTheGlobalNorm() {
    Parameters parameters = new Parameters(manager);
    NDArray a = parameters.weight("a", new Shape(2), new float[] {0, 0});
    NDArray b = parameters.weight("b", new Shape(1), new float[] {0});
    AdamW.Settings settings = new AdamW.Settings(0, 0, 1e-8, 0);
    try (AdamW optimizer = new AdamW(parameters, settings, name -> false, scope);
        TensorScope step = scope.open()) {
      NDArray loss =
          Autograd.record(
              () -> a.mul(step.manager().create(new float[] {-3, 0})).sum().add(b.mul(4f).sum()));
      Autograd.backward(loss);
      assertThat(optimizer.step(0.1, 1.0, step).getFloat()).isCloseTo(5, within(1e-5f));
      // The sign of the gradient survives clipping, and the first step of Adam has the size of the
      // rate.
      assertThat(a.toFloatArray()[0]).isCloseTo(0.1f, within(1e-5f));
      assertThat(b.toFloatArray()[0]).isCloseTo(-0.1f, within(1e-5f));
    }
  }

  @Test
  void stepsLikeAdamWWithDecay() {
    Parameters parameters = new Parameters(manager);
    NDArray w = parameters.weight("w", new Shape(1), new float[] {2});
    double lr = 0.1;
    double decay = 0.5;
    double m = 0;
    double v = 0;
    double expected = 2;
    AdamW.Settings settings = new AdamW.Settings(0.9, 0.99, 1e-8, decay);
    try (AdamW optimizer = new AdamW(parameters, settings, name -> true, scope)) {
      for (int t = 1; t <= 5; t++) {
        double g = 2 * expected;
        m = 0.9 * m + 0.1 * g;
        v = 0.99 * v + 0.01 * g * g;
        expected *= 1 - lr * decay;
        expected -=
            lr * (m / (1 - Math.pow(0.9, t))) / (Math.sqrt(v / (1 - Math.pow(0.99, t))) + 1e-8);
        try (TensorScope step = scope.open()) {
          Autograd.backward(Autograd.record(() -> w.mul(w).sum()));
          optimizer.step(lr, 0, step);
        }
        assertThat(w.toFloatArray()[0]).isCloseTo((float) expected, within(1e-5f));
      }
    }
  }

  @Test
  void computesInBfloat16WithinItsRounding() {
    Parameters parameters = block(5);
    NDArray none = TransformerKernel.none(manager);
    List<NDArray> weights = TransformerKernel.encoderWeights(parameters, "encoder", 1, none);
    NDArray x = manager.create(new InitialValues(1).normal("x", 3 * DIM, 1), new Shape(1, 3, DIM));
    float[][] results = new float[2][];
    for (Precision precision : Precision.values()) {
      NDArray config =
          TransformerKernel.config(
              manager, 4, 1, true, TransformerKernel.Activation.SILU, false, precision);
      results[precision.ordinal()] =
          Autograd.pause(() -> kernels.call(manager, "encoder", x, none, weights, config))
              .toFloatArray();
    }
    assertThat(results[1]).isNotEqualTo(results[0]);
    for (int i = 0; i < results[0].length; i++) {
      assertThat(results[1][i]).isCloseTo(results[0][i], within(0.1f));
    }
  }

  @Test
  void masksPaddingAndOtherGroups() {
    NDArray padding =
        kernels.call(
            manager, "padding_mask", manager.create(new long[] {1, 3}), manager.create(3L));
    assertThat(padding.getShape()).isEqualTo(new Shape(2, 1, 1, 3));
    float[] values = padding.toFloatArray();
    for (int i = 0; i < values.length; i++) {
      boolean hidden = i == 1 || i == 2;
      assertThat(values[i]).isEqualTo(hidden ? -Float.MAX_VALUE : values[i] * 0);
    }
    // Two slots of a grid that see each other, two of a sequence that see what came before.
    NDArray group = manager.create(new long[] {0, 0, 5, 5}, new Shape(1, 4));
    NDArray end = manager.create(new long[] {2, 2, 3, 4}, new Shape(1, 4));
    float[] mask = kernels.call(manager, "target_mask", group, end).toFloatArray();
    String seen = "";
    for (float value : mask) {
      seen += value == 0 ? "1" : "0";
    }
    assertThat(seen).isEqualTo("1100" + "1100" + "0010" + "0011");
  }

  @Test
  void passesATensorInTwoArguments() {
    NDArray w = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
    NDArray none = TransformerKernel.none(manager);
    NDArray config =
        TransformerKernel.config(
            manager, 1, 1, false, TransformerKernel.Activation.GELU, false, Precision.FLOAT32);
    assertThat(kernels.call(manager, "linear", w, w, none, config).toFloatArray())
        .containsExactly(5, 11, 11, 25);
  }

  @Test
  void namesTheDevicesThereAre() {
    assertThat(Torch.device("cpu")).isEqualTo(Device.cpu());
    assertThatThrownBy(() -> Torch.device("tpu"))
        .hasMessageContaining("allowed are auto, cpu, gpu");
    assertThatThrownBy(() -> Torch.device("gpu:99")).hasMessageContaining("is not available");
  }

  @ParameterizedTest
  @CsvSource({"24, 16", "8, 16", "70000, 16"})
  void unrecordedLinearLayersAgreeWithRecordedOnesWithAndWithoutOneDnn(int out, int in) {
    InitialValues init = new InitialValues(5);
    NDArray w = manager.create(init.normal("w", out * in, 1), new Shape(out, in));
    NDArray b = manager.create(init.normal("b", out, 1), new Shape(out));
    for (String linear : List.of(Kernels.ONEDNN, Kernels.PORTABLE)) {
      Kernels other = Kernels.load(linear);
      for (long[] shape : new long[][] {{1, 1, in}, {1, in}, {2, 3, in}, {20, in}}) {
        Shape of = new Shape(shape);
        NDArray x = manager.create(init.normal("x", (int) of.size(), 1), of);
        for (NDArray bias : List.of(TransformerKernel.none(manager), b)) {
          NDArray expected = kernels.call(manager, "linear", x, w, bias, linearConfig(false));
          NDArray actual = other.call(manager, "linear", x, w, bias, linearConfig(true));

          assertThat(actual.getShape()).as("%s %s", linear, of).isEqualTo(expected.getShape());
          assertThat(actual.sub(expected).abs().max().getFloat()).isLessThan(2e-5f);
        }
      }
    }
  }

  private NDArray linearConfig(boolean unrecorded) {
    NDArray config =
        TransformerKernel.config(
            manager, 4, 1, false, TransformerKernel.Activation.GELU, false, Precision.FLOAT32);
    return unrecorded ? TransformerKernel.unrecorded(config, manager.getDevice(), manager) : config;
  }
}
