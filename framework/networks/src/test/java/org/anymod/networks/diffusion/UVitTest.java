package org.anymod.networks.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.anymod.networks.diffusion.DecoderSettings.Middle;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;
import org.anymod.torch.TensorScope;
import org.anymod.torch.TransformerKernel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** There is no recording of this network: what is checked is what its construction implies. */
class UVitTest {
  private static final int LATENT = 6;

  private final TensorScope scope = TensorScope.on(Device.cpu());
  private final NDManager manager = scope.manager();
  private final InitialValues init = new InitialValues(3);
  private Parameters parameters;

  @AfterEach
  void close() {
    scope.close();
  }

  private static DecoderSettings settings(
      boolean halved, boolean crossed, boolean skips, int depth) {
    Middle middle = new Middle(16, depth, 2, halved, crossed, skips, 0.2);
    return new DecoderSettings(Optional.of(middle), 4, 32, List.of(1, 2), 2, List.of());
  }

  private UVit network(DecoderSettings settings) {
    parameters = new Parameters(manager);
    return new UVit(
        new UVit.Plan(settings, 3, LATENT), parameters, init, Precision.FLOAT32, manager);
  }

  /** Opens all gates and zeroed convolutions, so that every block has a say. */
  private void open() {
    for (String name : parameters.trainedNames()) {
      if (name.contains("adaLN_gate") || name.contains("conv2.weight")) {
        NDArray tensor = parameters.get(name);
        Shape shape = tensor.getShape();
        Parameters.copy(manager.create(init.normal(name + "!", shape.size(), 0.1), shape), tensor);
      }
    }
  }

  private NDArray random(String name, long... sizes) {
    Shape shape = new Shape(sizes);
    return manager.create(init.normal(name, shape.size(), 1), shape);
  }

  private NDArray none() {
    return TransformerKernel.none(manager);
  }

  private NDArray predict(UVit network, NDArray condition, NDArray dropped, NDArray keys) {
    NDArray noisy = random("noisy", 2, 3, 32, 32);
    NDArray times = manager.create(new long[] {3, 700});
    return network.predict(new DenoisingInput(noisy, times, condition, dropped, keys), manager);
  }

  private NDArray condition(String name) {
    return random(name, 2, LATENT, 2, 2);
  }

  @Test
  void keepsTheShapeForEveryKindOfMiddle() {
    for (boolean halved : new boolean[] {true, false}) {
      for (boolean crossed : new boolean[] {true, false}) {
        DecoderSettings settings = settings(halved, crossed, true, 3);
        assertThat(settings.multiple()).isEqualTo(halved ? 16 : 8);
        NDArray output = predict(network(settings), condition("a"), none(), none());
        assertThat(output.getShape()).isEqualTo(new Shape(2, 3, 32, 32));
        assertThat(output.isNaN().any().getBoolean()).isFalse();
      }
    }
  }

  @Test
  void joinsOnTheWayUpWhatWasKeptOnTheWayDown() {
    network(settings(true, false, false, 1));
    long[][] inputs = new long[2][3];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        String name = "decoder.up_blocks." + i + ".resnets." + j + ".conv1.weight";
        inputs[i][j] = parameters.get(name).getShape().get(1);
      }
    }
    // Kept: 32 (first), 32, 32, 32 (halved), 64, 64; joined from the last one.
    assertThat(inputs[0]).containsExactly(64 + 64, 64 + 64, 64 + 32);
    assertThat(inputs[1]).containsExactly(64 + 32, 32 + 32, 32 + 32);
    assertThat(parameters.all())
        .containsKeys(
            "decoder.down_blocks.0.downsamplers.0.conv.weight",
            "decoder.up_blocks.0.upsamplers.0.conv.weight",
            "decoder.mid_block.downsample.conv.weight",
            "decoder.mid_block.upsample.conv.weight",
            "decoder.time_embedding.linear_2.bias")
        .doesNotContainKeys(
            "decoder.down_blocks.1.downsamplers.0.conv.weight",
            "decoder.up_blocks.1.upsamplers.0.conv.weight");
  }

  @Test
  void feedsTheSecondHalfFromTheFirstWhereAsked() {
    network(settings(true, false, true, 5));
    for (int i = 0; i < 5; i++) {
      String name = "decoder.mid_block.blocks." + i + ".skip_linear.weight";
      if (i < 3) {
        assertThat(parameters.all()).doesNotContainKey(name);
      } else {
        assertThat(parameters.get(name).getShape()).isEqualTo(new Shape(16, 32));
      }
    }
  }

  @Test
  void startsWithBlocksThatChangeNothing() {
    UVit network = network(settings(true, true, false, 2));
    // Gates are zero: neither the blocks nor, with cross-attention, the condition have a say.
    NDArray a = predict(network, condition("a"), none(), none());
    assertThat(Fixtures.difference(a, predict(network, condition("b"), none(), none()))).isZero();
    open();
    assertThat(Fixtures.difference(a, predict(network, condition("a"), none(), none())))
        .isGreaterThan(1e-4);
  }

  @Test
  void looksOnlyAtTheConditionThatIsNotHidden() {
    for (boolean crossed : new boolean[] {true, false}) {
      UVit network = network(settings(true, crossed, false, 2));
      open();
      NDArray a = condition("a");
      NDArray b = a.duplicate();
      b.set(new ai.djl.ndarray.index.NDIndex(":,:,0,1"), 5f);
      NDArray here =
          manager.create(
              new boolean[] {false, true, false, false, false, true, false, false},
              new Shape(2, 2, 2));
      NDArray seen = predict(network, a, none(), none());
      assertThat(Fixtures.difference(seen, predict(network, b, none(), none())))
          .isGreaterThan(1e-4);
      NDArray hidden = predict(network, a, here, none());
      assertThat(Fixtures.difference(hidden, predict(network, b, here, none()))).isLessThan(1e-6);
      assertThat(Fixtures.difference(hidden, seen)).isGreaterThan(1e-4);
    }
  }

  @Test
  void dropsOutByItsKeysAlone() {
    UVit network = network(settings(true, true, false, 2));
    open();
    assertThat(network.keys()).isEqualTo(6);
    NDArray first = manager.create(new long[] {1, 2, 3, 4, 5, 6});
    NDArray other = manager.create(new long[] {1, 2, 3, 4, 5, 7});
    NDArray a = predict(network, condition("a"), none(), first);
    assertThat(Fixtures.difference(a, predict(network, condition("a"), none(), first))).isZero();
    assertThat(Fixtures.difference(a, predict(network, condition("a"), none(), other)))
        .isGreaterThan(1e-6);
    assertThat(Fixtures.difference(a, predict(network, condition("a"), none(), none())))
        .isGreaterThan(1e-6);
  }
}
