package org.anymod.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WeightAverageTest {
  private final TensorScope scope = TensorScope.on(Device.cpu());
  private final Parameters parameters = new Parameters(scope.manager());
  private final NDArray weight = parameters.weight("w", new Shape(2), new float[] {1, -2});

  @AfterEach
  void close() {
    scope.close();
  }

  private float[] averages(WeightAverage average) {
    average.exchange();
    float[] values = weight.toFloatArray();
    average.exchange();
    return values;
  }

  private void set(float first, float second) {
    Parameters.copy(scope.manager().create(new float[] {first, second}), weight);
  }

  private void update(WeightAverage average, double decay, float skipped) {
    try (TensorScope step = scope.open()) {
      average.update(decay, step.manager().create(skipped), step);
    }
  }

  @Test
  void followsItsRecurrence() {
    try (WeightAverage average = new WeightAverage(parameters, scope)) {
      double expected = 1;
      for (int i = 1; i <= 10; i++) {
        set(1 + i, -2);
        update(average, 0.9, 0);
        expected = 0.9 * expected + 0.1 * (1 + i);
        assertThat(averages(average)[0]).isCloseTo((float) expected, within(1e-5f));
        assertThat(averages(average)[1]).isEqualTo(-2);
        assertThat(weight.toFloatArray()[0]).isEqualTo(1 + i);
      }
    }
  }

  @Test
  void staysAtAStepThatWasSkipped() {
    try (WeightAverage average = new WeightAverage(parameters, scope)) {
      set(5, 5);
      update(average, 0.5, 1);
      assertThat(averages(average)).containsExactly(1, -2);
      update(average, 0.5, 0);
      assertThat(averages(average)).containsExactly(3, 1.5f);
    }
  }

  @Test
  void takesAnAverageFromACheckpoint() {
    try (WeightAverage average = new WeightAverage(parameters, scope)) {
      NDArray other = scope.manager().create(new float[] {7, 8});
      average.load(Map.of("w", other, "more", other));
      assertThat(averages(average)).containsExactly(7, 8);
      average.restart();
      assertThat(averages(average)).containsExactly(1, -2);
    }
  }
}
