package org.anymod.networks.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.anymod.networks.diffusion.Sampler.Method;
import org.anymod.torch.TensorScope;
import org.anymod.torch.TransformerKernel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private final TensorScope scope = TensorScope.on(Device.cpu());
  private final NDManager manager = scope.manager();

  @AfterEach
  void close() {
    scope.close();
  }

  private static Sampler sampler(
      Method method, boolean zero, Prediction prediction, Spacing spacing, CleanLimit limit) {
    NoiseSchedule schedule = new NoiseSchedule(BetaSchedule.of("linear"), 1000, zero);
    return new Sampler(method, schedule, prediction, spacing, limit);
  }

  @Test
  void visitsThePublishedTimeSteps() {
    int lists = 0;
    for (Map.Entry<String, NDArray> entry : Fixtures.read("schedulers", manager).entrySet()) {
      String[] name = entry.getKey().split("/");
      if (!name[0].equals("timesteps")) {
        continue;
      }
      Method method = Method.valueOf(name[1].toUpperCase(Locale.ROOT));
      Spacing spacing = Spacing.valueOf(name[2].toUpperCase(Locale.ROOT));
      int[] own =
          sampler(method, true, Prediction.SAMPLE, spacing, CleanLimit.NONE)
              .steps(Integer.parseInt(name[3]));
      long[] expected = entry.getValue().toLongArray();
      assertThat(Arrays.stream(own).asLongStream().toArray())
          .as(entry.getKey())
          .isEqualTo(expected);
      lists++;
    }
    assertThat(lists).isEqualTo(42);
  }

  @Test
  void makesThePublishedSteps() {
    Map<String, NDArray> fixture = Fixtures.read("schedulers", manager);
    NDArray output = fixture.get("step/model_output");
    NDArray noisy = fixture.get("step/sample");
    int steps = 0;
    for (Map.Entry<String, NDArray> entry : fixture.entrySet()) {
      String[] name = entry.getKey().split("/");
      if (name.length < 6 || !name[5].equals("prev")) {
        continue;
      }
      Prediction prediction =
          Arrays.stream(Prediction.values())
              .filter(p -> p.text().equals(name[2]))
              .findFirst()
              .orElseThrow();
      CleanLimit limit =
          switch (name[3]) {
            case "threshold" -> CleanLimit.THRESHOLD;
            case "clip" -> CleanLimit.CLIP;
            default -> CleanLimit.NONE;
          };
      boolean zero = prediction != Prediction.EPSILON;
      int time = Integer.parseInt(name[4].substring(1));
      Sampler.Step step =
          sampler(Method.DDIM, zero, prediction, Spacing.TRAILING, limit)
              .step(noisy, output, TransformerKernel.none(manager), time, 25, manager);
      NDArray clean = fixture.get(entry.getKey().replace("/prev", "/x0"));
      double tolerance = 1e-5;
      if (prediction == Prediction.EPSILON && time == 959) {
        tolerance = 1e-4 * Math.max(1, entry.getValue().abs().max().getFloat());
      }
      assertThat(Fixtures.difference(step.picture(), entry.getValue()))
          .as(entry.getKey())
          .isLessThan(tolerance);
      double cleanTolerance = tolerance == 1e-5 ? 1e-5 : 1e-4 * clean.abs().max().getFloat();
      assertThat(Fixtures.difference(step.clean(), clean))
          .as(entry.getKey())
          .isLessThan(cleanTolerance);
      steps++;
    }
    assertThat(steps).isEqualTo(27);
  }

  @Test
  void cutsToAQuantileAndDividesByIt() {
    CleanLimit limit = new CleanLimit(CleanLimit.Mode.THRESHOLD, 0.5, 10);
    NDArray output =
        manager.create(new float[] {-8, 4, 2, 0, 0.5f, 0.2f, 0.1f, -0.1f}, new Shape(2, 1, 2, 2));
    Sampler.Step step =
        sampler(Method.DDIM, true, Prediction.SAMPLE, Spacing.TRAILING, limit)
            .step(output, output, TransformerKernel.none(manager), 999, 25, manager);
    // The median of 0, 2, 4, 8 is 3; the second sample's lies below 1, the smallest bound.
    assertThat(step.clean().toFloatArray())
        .containsExactly(-1, 1, 2f / 3, 0, 0.5f, 0.2f, 0.1f, -0.1f);
  }

  @Test
  void refusesWhatCannotStartOrCount() {
    assertThatThrownBy(
            () ->
                sampler(
                    Method.DDIM, true, Prediction.EPSILON, Spacing.TRAILING, CleanLimit.THRESHOLD))
        .hasMessageContaining("epsilon cannot start where nothing of the picture is left");
    Sampler sampler =
        sampler(Method.DDIM, true, Prediction.SAMPLE, Spacing.TRAILING, CleanLimit.NONE);
    assertThatThrownBy(() -> sampler.steps(1001)).hasMessageContaining("allowed are 1 to 1000");
    assertThatThrownBy(() -> sampler.steps(0)).hasMessageContaining("allowed are 1 to 1000");
  }
}
