package org.anymod.core.transfer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.TensorScope;

/**
 * What turns the tokens of an {@link EncoderModel} into logits of classes. Its tensors are named
 * {@code output_head.*} and belong to the model.
 */
public sealed interface Head permits ClassificationHead, DenseHead {
  /** What stands before the names of a head's tensors. */
  String PREFIX = "output_head.";

  /** Standard deviation of first weights. */
  double DEVIATION = 0.02;

  /**
   * Adds the head's tensors to a model that has no head yet. Call once, after the model was loaded
   * or before.
   *
   * @param model the model
   * @param seed seed of the values
   */
  void attach(EncoderModel model, long seed);

  /**
   * Computes logits. Call inside {@code Autograd.record} to train.
   *
   * @param model the model that the head was attached to
   * @param tokens what {@link EncoderModel#encode} gave
   * @param step scope of the result
   * @return logits, classes on axis 1
   */
  NDArray logits(EncoderModel model, NDArray tokens, TensorScope step);

  /**
   * Returns the shape of the labels of a batch.
   *
   * @param model the model
   * @param batch number of samples
   * @return the shape of the logits without axis 1
   */
  Shape labelShape(EncoderModel model, int batch);

  /** A linear layer over tokens or pooled tokens, (..., dim) to (..., classes). */
  static NDArray linear(EncoderModel model, NDArray x, TensorScope step) {
    Parameters parameters = model.parameters();
    return Kernels.shared()
        .call(
            step.manager(),
            "linear",
            x,
            parameters.get(PREFIX + "linear.weight"),
            parameters.get(PREFIX + "linear.bias"),
            model.config());
  }
}
