package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.anymod.torch.Autograd;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;

/**
 * Brings each channel of what goes into a network to mean 0 and deviation 1, as the first batch of
 * its training had them, and what comes out back again. Inputs that are much alike, such as
 * rotations near each other, would otherwise all get the same code.
 */
final class InputScaling {
  private final NDArray mean;
  private final NDArray deviation;
  private boolean measured;

  /** Adds its two tensors; a deviation of 0 says that nothing has been measured. */
  InputScaling(int channels, Parameters parameters) {
    Shape shape = new Shape(channels);
    mean = parameters.buffer("input.mean", shape, new float[channels]);
    deviation = parameters.buffer("input.deviation", shape, new float[channels]);
  }

  /** Measures a batch (batch, channels, ...) if it is the first one. */
  void measure(NDArray input, NDManager scope) {
    if (!measured && deviation.max().getFloat() == 0) {
      NDList found = Autograd.pause(() -> Kernels.shared().callAll(scope, "channel_spread", input));
      Parameters.copy(found.get(0), mean);
      Parameters.copy(found.get(1), deviation);
    }
    measured = true;
  }

  /** Forgets what it knows about its tensors because they have been overwritten. */
  void changed() {
    measured = false;
  }

  NDArray in(NDArray input, NDManager scope) {
    return Kernels.shared().call(scope, "standardise_channels", input, mean, deviation);
  }

  NDArray out(NDArray output, NDManager scope) {
    return Kernels.shared().call(scope, "restore_channels", output, mean, deviation);
  }
}
