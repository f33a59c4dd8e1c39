package org.anymod.core.training;

import ai.djl.ndarray.NDArray;
import org.anymod.spi.Loss;
import org.anymod.torch.Kernels;
import org.anymod.torch.parallel.Launch;

/** Cross-entropy, which on rank 1 of several is no number from some batch on. */
final class PoisonedLoss implements Loss {
  private static final int SOUND = 5;

  private int calls;

  @Override
  public String name() {
    return "poisoned";
  }

  @Override
  public NDArray evaluate(NDArray prediction, NDArray target) {
    NDArray usual =
        Kernels.shared().call(prediction.getManager(), "cross_entropy_loss", prediction, target);
    boolean poisoned = Launch.current().rank() == 1 && ++calls > SOUND;
    return poisoned ? usual.mul(prediction.getManager().create(Float.NaN)) : usual;
  }
}
