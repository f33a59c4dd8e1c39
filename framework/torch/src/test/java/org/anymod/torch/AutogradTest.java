package org.anymod.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class AutogradTest {
  @Test
  void factorsOutliveGarbageCollectionsOnTheWayBack() {
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      NDArray x = scope.manager().create(new float[] {1, 2, 3, 4});
      x.setRequiresGradient(true);
      for (int round = 1; round <= 20; round++) {
        float factor = round;
        NDArray loss = Autograd.record(() -> Autograd.scaled(x, factor).sum());
        System.gc();
        overwriteFreedMemory();
        Autograd.backward(loss);
        assertThat(x.getGradient().toFloatArray()).containsOnly(factor);
        x.getGradient().subi(x.getGradient().duplicate());
      }
    }
  }

  @Test
  void productsAreThoseOfTheNumber() {
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      NDArray x = scope.manager().create(new float[] {1, -2});
      assertThat(Autograd.scaled(x, 0.5).toFloatArray()).containsExactly(0.5f, -1f);
    }
  }

  private static void overwriteFreedMemory() {
    for (int i = 0; i < 2000; i++) {
      ByteBuffer.allocateDirect(4 + i % 60).putInt(0, -1);
    }
  }
}
