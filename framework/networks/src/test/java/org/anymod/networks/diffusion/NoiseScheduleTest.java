package org.anymod.networks.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.stream.LongStream;
import org.anymod.torch.Kernels;
import org.anymod.torch.StreamRandom;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoiseScheduleTest {
  private final TensorScope scope = TensorScope.on(Device.cpu());
  private final NDManager manager = scope.manager();

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void reproducesEveryPublishedTable() {
    int tables = 0;
    for (Map.Entry<String, NDArray> entry : Fixtures.read("schedulers", manager).entrySet()) {
      if (!entry.getKey().startsWith("alphas_cumprod/")) {
        continue;
      }
      String[] name = entry.getKey().split("/");
      double[] own = BetaSchedule.of(name[1]).remaining(1000, name[2].equals("zero_snr"));
      float[] expected = entry.getValue().toFloatArray();
      double tolerance = name[1].startsWith("shifted") ? 1e-5 : 1e-6;
      for (int i = 0; i < 1000; i++) {
        assertThat(own[i])
            .as("%s step %d", entry.getKey(), i)
            .isCloseTo(expected[i], within(tolerance));
      }
      tables++;
    }
    assertThat(tables).isEqualTo(10);
  }

  @Test
  void endsAtZeroWhereAskedTo() {
    for (String name : new String[] {"linear", "scaled_linear", "squaredcos_cap_v2", "sigmoid"}) {
      double[] left = BetaSchedule.of(name).remaining(100, true);
      assertThat(left[99]).as(name).isZero();
      assertThat(left[0]).isEqualTo(BetaSchedule.of(name).remaining(100, false)[0], within(1e-12));
      for (int i = 1; i < 100; i++) {
        assertThat(left[i]).isLessThan(left[i - 1]);
      }
    }
    assertThat(BetaSchedule.of("shifted_cosine:0.5").remaining(1000, false)[999]).isZero();
  }

  @Test
  void followsTheSigmoid() {
    double[] left = BetaSchedule.of("sigmoid").remaining(3, false);
    double middle = 1e-4 + 0.5 * (0.02 - 1e-4);
    double first = 1e-4 + 1 / (1 + Math.exp(6)) * (0.02 - 1e-4);
    assertThat(left[0]).isCloseTo(1 - first, within(1e-12));
    assertThat(left[1]).isCloseTo((1 - first) * (1 - middle), within(1e-12));
  }

  @Test
  void namesWhatIsAllowed() {
    assertThatThrownBy(() -> BetaSchedule.of("cosine"))
        .hasMessageContaining("'cosine' is unknown; allowed are linear, scaled_linear");
    assertThatThrownBy(() -> BetaSchedule.of("shifted_cosine:x")).hasMessageContaining("no number");
    assertThatThrownBy(() -> BetaSchedule.of("shifted_cosine:0")).hasMessageContaining("(0, 1e6)");
  }

  @Test
  void turnsVelocitiesBackIntoNoise() {
    NoiseSchedule schedule = new NoiseSchedule(BetaSchedule.of("linear"), 1000, true);
    int[] steps = {0, 400, 999};
    NDArray picture = normal(1);
    NDArray noise = normal(2);
    NDArray noisy = schedule.addNoise(picture, noise, steps, manager);
    NDArray velocity = schedule.velocity(picture, noise, steps, manager);
    assertThat(Fixtures.difference(schedule.noiseOf(velocity, noisy, steps, manager), noise))
        .isLessThan(1e-5);
    assertThat(Fixtures.difference(noisy.get("2:3"), noise.get("2:3"))).isZero();
  }

  private NDArray normal(long seed) {
    StreamRandom random = StreamRandom.at(seed, "test");
    long[] keys = {random.nextLong(), random.nextLong(), random.nextLong()};
    NDArray flat =
        Kernels.shared()
            .call(
                manager,
                "keyed_normal",
                manager.create(keys),
                ConvPath.onHost(new long[] {32}, manager));
    return flat.reshape(new Shape(3, 2, 4, 4));
  }

  @Test
  void drawsNoiseThatDependsOnItsKeyAlone() {
    long[] keys = LongStream.range(0, 4).map(i -> StreamRandom.at(i, "key").nextLong()).toArray();
    NDArray count = ConvPath.onHost(new long[] {30001}, manager);
    Kernels kernels = Kernels.shared();
    NDArray together = kernels.call(manager, "keyed_normal", manager.create(keys), count);
    NDArray alone =
        kernels.call(manager, "keyed_normal", manager.create(new long[] {keys[2]}), count);
    assertThat(Fixtures.difference(together.get("2:3"), alone)).isZero();
    float[] numbers = together.toFloatArray();
    double mean = 0;
    double square = 0;
    int tail = 0;
    for (float x : numbers) {
      mean += x / numbers.length;
      square += x * (double) x / numbers.length;
      tail += Math.abs(x) > 2 ? 1 : 0;
    }
    assertThat(mean).isCloseTo(0, within(0.01));
    assertThat(square).isCloseTo(1, within(0.02));
    assertThat(tail / (double) numbers.length).isCloseTo(0.0455, within(0.003));
    float product = together.get("0").mul(together.get("1")).mean().getFloat();
    assertThat(product).isCloseTo(0, within(0.02f));
  }
}
