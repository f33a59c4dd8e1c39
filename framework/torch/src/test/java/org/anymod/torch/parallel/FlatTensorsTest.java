package org.anymod.torch.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anymod.torch.AdamW;
import org.anymod.torch.Autograd;
import org.anymod.torch.Parameters;
import org.anymod.torch.TensorScope;
import org.anymod.torch.TouchedRows;
import org.junit.jupiter.api.Test;

class FlatTensorsTest {
  private static Parameters parameters(TensorScope scope) {
    Parameters parameters = new Parameters(scope.manager());
    parameters.weight("a", new Shape(2, 3), new float[] {1, 2, 3, 4, 5, 6});
    parameters.weight("b", new Shape(2), new float[] {7, 8});
    return parameters;
  }

  private static AdamW optimizer(Parameters parameters, TensorScope scope) {
    return new AdamW(parameters, new AdamW.Settings(0.9, 0.99, 1e-8, 0.1), name -> true, scope);
  }

  private static void learn(Parameters parameters, TensorScope scope) {
    NDArray loss =
        Autograd.record(
            () -> {
              NDArray a = parameters.get("a");
              NDArray b = parameters.get("b");
              return a.mul(a).sum().add(b.mul(b).mul(b).sum());
            });
    loss.attach(scope.manager());
    Autograd.backward(loss);
  }

  @Test
  void tensorsKeepTheirNumbersAndShareTheBuffer() {
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      NDArray a = scope.manager().create(new float[] {1, 2, 3}).reshape(3, 1);
      NDArray b = scope.manager().create(new float[] {4, 5});
      NDArray buffer = FlatTensors.join(List.of(a, b), scope.manager());
      assertThat(buffer.getShape()).isEqualTo(new Shape(32));
      assertThat(a.toFloatArray()).containsExactly(1, 2, 3);
      assertThat(a.getShape()).isEqualTo(new Shape(3, 1));
      buffer.addi(10);
      assertThat(a.toFloatArray()).containsExactly(11, 12, 13);
      assertThat(b.toFloatArray()).containsExactly(14, 15);
    }
  }

  @Test
  void gradientsGatherInTheBufferAndTheOptimiserReadsThemThere() {
    try (TensorScope scope = TensorScope.on(Device.cpu());
        TensorScope other = TensorScope.on(Device.cpu())) {
      Parameters plain = parameters(scope);
      AdamW usual = optimizer(plain, scope);
      Parameters moved = parameters(other);
      AdamW flat = optimizer(moved, other);
      NDArray buffer =
          FlatTensors.join(new ArrayList<>(flat.gradients().values()), other.manager());
      FlatTensors.join(new ArrayList<>(flat.weights().values()), other.manager());
      for (int i = 0; i < 3; i++) {
        learn(plain, scope);
        learn(moved, other);
        assertThat(buffer.toFloatArray()[0]).isEqualTo(2 * moved.get("a").toFloatArray()[0]);
        usual.step(0.1, 1, scope);
        flat.step(0.1, 1, other);
      }
      for (String name : plain.all().keySet()) {
        assertThat(moved.get(name).toFloatArray()).isEqualTo(plain.get(name).toFloatArray());
      }
    }
  }

  @Test
  void onlyContiguousTensorsTellWhereTheyLie() {
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      NDArray matrix = scope.manager().create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
      assertThat(TensorMemory.of(matrix).getFloat(12)).isEqualTo(4);
      assertThatThrownBy(() -> TensorMemory.of(matrix.transpose()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not contiguous");
    }
  }

  @Test
  void unionOfOneIsWhatItTouched() {
    Map<String, Long> tables = new LinkedHashMap<>();
    tables.put("first", 70L);
    tables.put("second", 3L);
    TouchedRows own = new TouchedRows(Map.of("first", new long[] {0, 69}), Set.of("second"));
    TouchedRows all = new TouchedUnion(tables).of(own, Communicator.single());
    assertThat(all.rows().get("first")).containsExactly(0, 69);
    assertThat(all.rows()).doesNotContainKey("second");
    assertThat(all.whole()).containsExactly("second");
  }
}
