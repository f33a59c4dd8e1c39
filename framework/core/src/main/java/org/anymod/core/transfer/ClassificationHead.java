package org.anymod.core.transfer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Kernels;
import org.anymod.torch.TensorScope;

/**
 * One class for a picture: tokens are pooled to a vector, from which a linear layer predicts.
 *
 * @param classes number of classes, at least 2
 * @param pooling how tokens are pooled
 */
public record ClassificationHead(int classes, Pooling pooling) implements Head {
  private static final String QUERY = PREFIX + "query";

  /** Checks the number of classes. */
  public ClassificationHead {
    HeadTensors.checkedClasses(classes);
  }

  @Override
  public void attach(EncoderModel model, long seed) {
    if (pooling == Pooling.FIRST_REGISTER && model.registers() == 0) {
      throw new IllegalArgumentException(
          "pooling is FIRST_REGISTER, but the model has no registers: make it with at least one,"
              + " or pool by MEAN or ATTENTION");
    }
    if (pooling == Pooling.ATTENTION) {
      Shape shape = new Shape(1, 1, model.dim());
      float[] values = new InitialValues(seed).normal(QUERY, shape.size(), DEVIATION);
      model.parameters().weight(QUERY, shape, values);
    }
    HeadTensors.addLinear(model, classes, seed);
  }

  /** {@inheritDoc} Logits are (batch, classes). */
  @Override
  public NDArray logits(EncoderModel model, NDArray tokens, TensorScope step) {
    return Head.linear(model, pool(model, tokens, step), step);
  }

  /**
   * Pools tokens.
   *
   * @param model the model that the head was attached to
   * @param tokens (batch, registers + patches, dim)
   * @param step scope of the result
   * @return (batch, dim)
   */
  public NDArray pool(EncoderModel model, NDArray tokens, TensorScope step) {
    NDManager manager = step.manager();
    NDArray skipped = Numbers.of(manager, model.registers());
    Kernels kernels = Kernels.shared();
    return switch (pooling) {
      case MEAN -> kernels.call(manager, "mean_tokens", tokens, skipped);
      case FIRST_REGISTER -> kernels.call(manager, "first_token", tokens);
      case ATTENTION ->
          kernels.call(manager, "attention_pool", tokens, model.parameters().get(QUERY), skipped);
    };
  }

  @Override
  public Shape labelShape(EncoderModel model, int batch) {
    return new Shape(batch);
  }
}
