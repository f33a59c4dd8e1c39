package org.anymod.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdamWTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;
  private static final AdamW.Settings SETTINGS = new AdamW.Settings(0.9, 0.95, 1e-8, 0.1);

  private final TensorScope scope = TensorScope.on(Device.cpu());
  private final NDManager manager = scope.manager();

  @AfterEach
  void close() {
    scope.close();
  }

  private Parameters table() {
    Parameters parameters = new Parameters(manager);
    parameters.weight("table", new Shape(6, 3), new InitialValues(1).normal("t", 18, 1));
    parameters.weight("w", new Shape(3), new InitialValues(1).normal("w", 3, 1));
    return parameters;
  }

  /** Makes one step on the rows of the table, each times a factor that changes with the step. */
  private AdamW.Outcome step(
      Parameters parameters, AdamW optimizer, StepRule rule, float factor, long... rows) {
    TensorScope step = scope.open();
    NDArray loss =
        Autograd.record(
            () -> {
              NDArray index = step.manager().create(rows);
              NDArray picked =
                  Kernels.shared().call(step.manager(), "rows", parameters.get("table"), index);
              NDArray product = picked.mul(parameters.get("w")).mul(factor);
              return product.mul(product).sum();
            });
    Autograd.backward(loss);
    return optimizer.step(rule, loss, new TouchedRows(Map.of("table", rows), Set.of()), step);
  }

  private static StepRule rule(double skipAbove, double lossLimit, boolean halts) {
    return new StepRule(0.05, 0.1, 1, skipAbove, lossLimit, halts);
  }

  private static Map<String, float[]> numbers(Parameters parameters, AdamW optimizer) {
    Map<String, float[]> numbers = new LinkedHashMap<>();
    parameters.all().forEach((name, tensor) -> numbers.put(name, tensor.toFloatArray()));
    optimizer.state().forEach((name, tensor) -> numbers.put(name, tensor.toFloatArray()));
    return numbers;
  }

  private static void assertSame(Map<String, float[]> found, Map<String, float[]> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, values) -> assertThat(found.get(name)).as(name).isEqualTo(values));
  }

  private AdamW optimizer(Parameters parameters, boolean byRows) {
    return new AdamW(
        parameters,
        SETTINGS,
        new AdamW.Treatment(
            name -> name.equals("table"),
            name -> true,
            name -> byRows && name.equals("table") ? TableUpdate.ROWS : TableUpdate.WHOLE),
        scope);
  }

  @Test
  void leavesEverythingAtAStepThatIsNoFiniteNumber() {
    for (boolean byRows : new boolean[] {false, true}) {
      Parameters parameters = table();
      try (AdamW optimizer = optimizer(parameters, byRows)) {
        step(parameters, optimizer, rule(INFINITE, INFINITE, false), 1, 0, 2);
        Map<String, float[]> before = numbers(parameters, optimizer);
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 1e30f}) {
          AdamW.Outcome outcome =
              step(parameters, optimizer, rule(INFINITE, INFINITE, false), bad, 0, 2);
          assertThat(outcome.report().toFloatArray()[2]).isOne();
          assertThat(outcome.skipped().getFloat()).isOne();
          assertSame(numbers(parameters, optimizer), before);
        }
        AdamW.Outcome good = step(parameters, optimizer, rule(INFINITE, INFINITE, false), 1, 0, 2);
        assertThat(good.norm().getFloat()).isFinite();
        assertThat(parameters.get("w").toFloatArray()).isNotEqualTo(before.get("w"));
      }
    }
  }

  @Test
  void skipsAStepWhoseNormIsTooLarge() {
    Parameters parameters = table();
    try (AdamW optimizer = optimizer(parameters, false)) {
      Map<String, float[]> before = numbers(parameters, optimizer);
      AdamW.Outcome outcome = step(parameters, optimizer, rule(1e-3, INFINITE, true), 1, 1);
      assertThat(outcome.report().toFloatArray()).endsWith(0, 1);
      assertSame(numbers(parameters, optimizer), before);
      outcome = step(parameters, optimizer, rule(1e9, INFINITE, true), 1, 1);
      assertThat(outcome.report().toFloatArray()).endsWith(0, 0);
    }
  }

  @Test
  void haltsAfterAFaultAndReportsItOnce() {
    Parameters parameters = table();
    try (AdamW optimizer = optimizer(parameters, true)) {
      step(parameters, optimizer, rule(INFINITE, 1e-3, false), 1, 1);
      Map<String, float[]> before = numbers(parameters, optimizer);
      AdamW.Outcome fault = step(parameters, optimizer, rule(INFINITE, 1e-3, true), 1, 1);
      assertThat(fault.report().toFloatArray()).endsWith(1, 1);
      AdamW.Outcome after = step(parameters, optimizer, rule(INFINITE, INFINITE, true), 1, 1);
      assertThat(after.report().toFloatArray()).endsWith(0, 1);
      assertSame(numbers(parameters, optimizer), before);
    }
  }

  @Test
  void touchedRowsGoTheWayOfDenseAdamW() {
    Parameters dense = table();
    Parameters lazy = table();
    long[] all = LongStream.range(0, 6).toArray();
    try (AdamW denseOptimizer = optimizer(dense, false);
        AdamW lazyOptimizer = optimizer(lazy, true)) {
      for (int i = 0; i < 20; i++) {
        StepRule rule = rule(INFINITE, INFINITE, true);
        float a = step(dense, denseOptimizer, rule, 1 + i % 3, all).norm().getFloat();
        float b = step(lazy, lazyOptimizer, rule, 1 + i % 3, all).norm().getFloat();
        assertThat(b).isCloseTo(a, within(1e-4f * a));
      }
      assertClose(lazy.get("table"), dense.get("table"));
      assertClose(lazy.get("w"), dense.get("w"));
    }
  }

  private AdamW optimizer(Parameters parameters, TableUpdate update) {
    return new AdamW(
        parameters,
        SETTINGS,
        new AdamW.Treatment(
            name -> name.equals("table"),
            name -> true,
            name -> name.equals("table") ? update : TableUpdate.WHOLE),
        scope);
  }

  @Test
  void knowingWhereGradientsAreZeroChangesNothing() {
    Parameters whole = table();
    Parameters sparse = table();
    long[][] rows = {{0, 4}, {2}, {0, 1, 2, 3, 4, 5}, {5, 1}};
    try (AdamW wholeOptimizer = optimizer(whole, TableUpdate.WHOLE);
        AdamW sparseOptimizer = optimizer(sparse, TableUpdate.SPARSE)) {
      for (int i = 0; i < 12; i++) {
        // Large factors are clipped, small ones are not.
        float factor = i % 2 == 0 ? 5 : 0.05f;
        StepRule rule = rule(INFINITE, INFINITE, true);
        float a = step(whole, wholeOptimizer, rule, factor, rows[i % 4]).norm().getFloat();
        float b = step(sparse, sparseOptimizer, rule, factor, rows[i % 4]).norm().getFloat();
        assertThat(b).isCloseTo(a, within(1e-5f * a));
        assertClose(sparse.get("table"), whole.get("table"));
      }
      assertThat(sparseOptimizer.state().get("step.table").getFloat()).isEqualTo(12);
    }
  }

  @Test
  void aTableIsUpdatedWholeOrNotAtAll() {
    Parameters parameters = table();
    Parameters dense = table();
    try (AdamW optimizer = optimizer(parameters, TableUpdate.TOUCHED);
        AdamW denseOptimizer = optimizer(dense, TableUpdate.WHOLE)) {
      StepRule rule = rule(INFINITE, INFINITE, true);
      step(parameters, optimizer, rule, 1, 0, 3);
      step(dense, denseOptimizer, rule, 1, 0, 3);
      assertClose(parameters.get("table"), dense.get("table"));
      float[] before = parameters.get("table").toFloatArray();
      step(parameters, optimizer, rule, 1);
      assertThat(parameters.get("table").toFloatArray()).containsExactly(before);
      step(parameters, optimizer, rule, 1, 1);
      assertThat(parameters.get("table").toFloatArray()).doesNotContain(before);
      assertThat(optimizer.state().get("step.table").getFloat()).isEqualTo(2);
    }
  }

  private static void assertClose(NDArray found, NDArray expected) {
    float[] a = found.toFloatArray();
    float[] b = expected.toFloatArray();
    for (int i = 0; i < b.length; i++) {
      assertThat(a[i]).isCloseTo(b[i], within(2e-5f));
    }
  }

  @Test
  void rowsThatAreNotTouchedStayBitForBit() {
    Parameters parameters = table();
    float[] before = parameters.get("table").toFloatArray();
    try (AdamW optimizer = optimizer(parameters, true)) {
      for (int i = 0; i < 5; i++) {
        step(parameters, optimizer, rule(INFINITE, INFINITE, true), 1, 1, 4);
      }
      float[] after = parameters.get("table").toFloatArray();
      float[] steps = optimizer.state().get("step.table").toFloatArray();
      for (int i = 0; i < after.length; i++) {
        boolean touched = i / 3 == 1 || i / 3 == 4;
        assertThat(after[i] == before[i]).as("number %d", i).isNotEqualTo(touched);
        assertThat(steps[i / 3]).isEqualTo(touched ? 5 : 0);
      }
      // Dense AdamW decays all of them.
      Parameters dense = table();
      try (AdamW denseOptimizer = optimizer(dense, false)) {
        step(dense, denseOptimizer, rule(INFINITE, INFINITE, true), 1, 1, 4);
        assertThat(dense.get("table").toFloatArray()[0]).isNotEqualTo(before[0]);
      }
    }
  }

  @Test
  void aRowIsUpdatedByItsOwnTouchesOnly() {
    Parameters alternating = table();
    Parameters always = table();
    long[] row = {3};
    try (AdamW first = optimizer(alternating, true);
        AdamW second = optimizer(always, true)) {
      first.freeze("w"::equals);
      second.freeze("w"::equals);
      StepRule rule = rule(INFINITE, INFINITE, true);
      for (int i = 0; i < 4; i++) {
        step(alternating, first, rule, 1, row);
        step(alternating, first, rule, 1, 5);
        step(always, second, rule, 1, row);
      }
      for (int i = 9; i < 12; i++) {
        assertThat(alternating.get("table").toFloatArray()[i])
            .isEqualTo(always.get("table").toFloatArray()[i]);
      }
    }
  }

  @Test
  void heldWeightsStayAndGoOnLater() {
    Parameters parameters = table();
    float[] before = parameters.get("table").toFloatArray();
    try (AdamW optimizer = optimizer(parameters, false)) {
      StepRule rule = rule(INFINITE, INFINITE, true);
      optimizer.freeze("table"::equals);
      step(parameters, optimizer, rule, 1, 0, 1);
      assertThat(parameters.get("table").toFloatArray()).isEqualTo(before);
      assertThat(optimizer.state().get("step.table").getFloat()).isZero();
      assertThat(optimizer.state().get("step.w").getFloat()).isOne();
      optimizer.freeze(name -> false);
      step(parameters, optimizer, rule, 1, 0, 1);
      assertThat(parameters.get("table").toFloatArray()).isNotEqualTo(before);
      assertThat(optimizer.state().get("step.table").getFloat()).isOne();
      assertThatThrownBy(() -> optimizer.freeze(name -> true))
          .hasMessageContaining("all are frozen");
    }
  }

  @Test
  void weightsThatAreNotTrainedHaveNoMoments() {
    Parameters parameters = table();
    float[] before = parameters.get("table").toFloatArray();
    AdamW.Treatment treatment =
        new AdamW.Treatment(name -> true, "w"::equals, name -> TableUpdate.WHOLE);
    try (AdamW optimizer = new AdamW(parameters, SETTINGS, treatment, scope)) {
      step(parameters, optimizer, rule(INFINITE, INFINITE, true), 1, 0, 1);
      assertThat(optimizer.state()).containsOnlyKeys("exp_avg.w", "exp_avg_sq.w", "step.w");
      assertThat(parameters.get("table").toFloatArray()).isEqualTo(before);
    }
  }
}
