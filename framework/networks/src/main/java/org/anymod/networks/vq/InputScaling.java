package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.anymod.networks.SettingsReader;
import org.anymod.spi.Peers;
import org.anymod.torch.Autograd;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;

/**
 * Brings each channel of what goes into a network to mean 0 and deviation 1, as the first step of
 * its training had them, and what comes out back again. Inputs that are much alike, such as
 * rotations near each other, would otherwise all get the same code.
 */
final class InputScaling {
  private final NDArray mean;
  private final NDArray deviation;
  private boolean measured;

  /** A deviation of 0 says that nothing has been measured. */
  private InputScaling(int channels, Parameters parameters) {
    Shape shape = new Shape(channels);
    mean = parameters.buffer("input.mean", shape, new float[channels]);
    deviation = parameters.buffer("input.deviation", shape, new float[channels]);
  }

  /** Adds its two tensors to a network's if the settings ask for it. */
  static Optional<InputScaling> of(
      TrainingSettings training, ValueTensors tensors, Parameters parameters) {
    if (!training.standardise()) {
      return Optional.empty();
    }
    if (tensors.classes() > 0 || training.perceptual().isPresent()) {
      throw SettingsReader.wrong(
          "standardise", true, "false for class maps and with perceptual_model");
    }
    return Optional.of(new InputScaling(tensors.outputChannels(), parameters));
  }

  /**
   * Measures the batches (batch, channels, ...) of a step, if it is the first, and those of peers.
   */
  void measure(List<NDArray> inputs, Peers peers) {
    if (!measured && deviation.max().getFloat() == 0) {
      NDManager scope = inputs.get(0).getManager();
      NDArray all = NDArrays.concat(new NDList(PeerRows.all(inputs, peers, scope)), 0);
      NDList found = Autograd.pause(() -> Kernels.shared().callAll(scope, "channel_spread", all));
      Parameters.copy(found.get(0), mean);
      Parameters.copy(found.get(1), deviation);
    }
    measured = true;
  }

  /** Forgets what it knows about its tensors because they have been overwritten. */
  void changed() {
    measured = false;
  }

  static NDArray in(Optional<InputScaling> scaling, NDArray input) {
    return scaling.map(s -> s.call("standardise_channels", input)).orElse(input);
  }

  static NDArray out(Optional<InputScaling> scaling, NDArray output) {
    return scaling.map(s -> s.call("restore_channels", output)).orElse(output);
  }

  private NDArray call(String kernel, NDArray numbers) {
    return Kernels.shared().call(numbers.getManager(), kernel, numbers, mean, deviation);
  }
}
