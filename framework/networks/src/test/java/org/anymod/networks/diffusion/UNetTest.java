package org.anymod.networks.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.networks.diffusion.Sampler.Method;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;
import org.anymod.torch.TensorScope;
import org.anymod.torch.TransformerKernel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UNetTest {
  private static final double TOLERANCE = 1e-4;
  private static final DecoderSettings TINY =
      new DecoderSettings(Optional.empty(), 4, 32, List.of(1, 2), 1, List.of(2));

  private final TensorScope scope = TensorScope.on(Device.cpu());
  private final NDManager manager = scope.manager();
  private final NoiseSchedule schedule = new NoiseSchedule(BetaSchedule.of("linear"), 1000, true);
  private Map<String, NDArray> expected;
  private UNet unet;

  @BeforeEach
  void load() {
    expected = Fixtures.read("divae_unet_tiny.expected", manager);
    Parameters parameters = new Parameters(manager);
    unet =
        new UNet(
            new UNet.Plan(TINY, 3, 16),
            parameters,
            new InitialValues(1),
            Precision.FLOAT32,
            manager);
    Map<String, NDArray> decoder = new LinkedHashMap<>(Fixtures.read("divae_unet_tiny", manager));
    decoder.keySet().removeIf(name -> !name.startsWith("decoder."));
    parameters.load(decoder);
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private NDArray predict(NDArray noisy, long[] times, NDArray condition, NDArray dropped) {
    NDArray none = TransformerKernel.none(manager);
    return unet.predict(
        new DenoisingInput(noisy, manager.create(times), condition, dropped, none), manager);
  }

  @Test
  void evaluatesAsPublished() {
    NDArray picture = expected.get("ddim4/input");
    NDArray condition = expected.get("ddim4/quant");
    int[] steps = {17, 803};
    NDArray noise = expected.get("ddim4/noise");
    NDArray noisy = expected.get("forward/noisy");
    assertThat(Fixtures.difference(schedule.addNoise(picture, noise, steps, manager), noisy))
        .isLessThan(1e-5);
    assertThat(
            Fixtures.difference(
                schedule.velocity(picture, noise, steps, manager),
                expected.get("forward/velocity")))
        .isLessThan(1e-5);
    long[] times = expected.get("forward/timesteps").toLongArray();
    NDArray output = predict(noisy, times, condition, TransformerKernel.none(manager));
    assertThat(Fixtures.difference(output, expected.get("forward/output"))).isLessThan(TOLERANCE);
    NDArray mask = expected.get("forward/cond_mask");
    NDArray masked =
        predict(noisy, times, condition, mask.toType(ai.djl.ndarray.types.DataType.BOOLEAN, true));
    assertThat(Fixtures.difference(masked, expected.get("forward/output_cond_mask")))
        .isLessThan(TOLERANCE);
  }

  private void follow(String run, Method method, Spacing spacing, int asked) {
    Sampler sampler =
        new Sampler(method, schedule, Prediction.SAMPLE, spacing, CleanLimit.THRESHOLD);
    int[] steps = sampler.steps(asked);
    NDArray picture = expected.get(run + "/noise");
    NDArray condition = expected.get(run + "/quant");
    NDArray none = TransformerKernel.none(manager);
    for (int i = 0; i < steps.length; i++) {
      long[] times = new long[(int) picture.getShape().get(0)];
      java.util.Arrays.fill(times, steps[i]);
      NDArray output = predict(picture, times, condition, none);
      String step = run + "/step" + i;
      assertThat(Fixtures.difference(output, expected.get(step + "_model_output")))
          .as(step)
          .isLessThan(TOLERANCE);
      NDArray noise = expected.getOrDefault(step + "_variance_noise", none);
      assertThat(sampler.needsNoise(steps[i]))
          .isEqualTo(expected.containsKey(step + "_variance_noise"));
      picture = sampler.step(picture, output, noise, steps[i], asked, manager).picture();
      assertThat(Fixtures.difference(picture, expected.get(step + "_sample")))
          .as(step)
          .isLessThan(TOLERANCE);
    }
    assertThat(expected).doesNotContainKey(run + "/step" + steps.length + "_sample");
    assertThat(Fixtures.difference(picture, expected.get(run + "/decoded"))).isLessThan(TOLERANCE);
  }

  @Test
  void samplesTheRecordedRunsStepByStep() {
    follow("ddim4", Method.DDIM, Spacing.TRAILING, 4);
    follow("ddim4_linspace", Method.DDIM, Spacing.LINSPACE, 4);
    follow("ddim3_size48", Method.DDIM, Spacing.TRAILING, 3);
    follow("ddpm3", Method.DDPM, Spacing.TRAILING, 3);
  }

  @Test
  void embedsTimeAsPublished() {
    NDArray own =
        Kernels.shared()
            .call(
                manager,
                "time_features",
                manager.create(new long[] {0, 1, 249, 999}),
                ConvPath.onHost(new long[] {32}, manager));
    for (int t = 0; t < 4; t++) {
      double time = new double[] {0, 1, 249, 999}[t];
      for (int k = 0; k < 16; k++) {
        double angle = time * Math.exp(-Math.log(10000) * k / 16);
        assertThat(own.getFloat(t, k) - Math.cos(angle)).isBetween(-1e-4, 1e-4);
        assertThat(own.getFloat(t, 16 + k) - Math.sin(angle)).isBetween(-1e-4, 1e-4);
      }
    }
  }

  @Test
  void hasTheShapesOfThePublishedSize() throws IOException {
    DecoderSettings settings =
        new DecoderSettings(Optional.empty(), 4, 256, List.of(1, 2, 2, 2), 3, List.of(4, 8));
    Map<String, String> own = new LinkedHashMap<>();
    for (WeightPlan.Entry entry : new UNet.Plan(settings, 1, 32).weights().entries()) {
      if (entry.start() != WeightPlan.Start.ABSENT) {
        own.put(entry.name(), entry.shape().toString().replaceAll("[() ]", ""));
      }
    }
    Map<String, String> published = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Fixtures.file("unet_patched_shapes.txt"))) {
      if (!line.startsWith("#")) {
        published.put(line.split(" ")[0], line.split(" ")[1]);
      }
    }
    assertThat(own).containsExactlyInAnyOrderEntriesOf(published);
    assertThat(settings.multiple()).isEqualTo(32);
  }
}
