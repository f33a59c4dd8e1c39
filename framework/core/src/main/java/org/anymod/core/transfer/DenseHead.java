package org.anymod.core.transfer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.anymod.spi.Kind;
import org.anymod.torch.Kernels;
import org.anymod.torch.TensorScope;

/**
 * A class for every pixel: a linear layer over each patch, whose logits are interpolated
 * bilinearly.
 *
 * @param classes number of classes, at least 2
 */
public record DenseHead(int classes) implements Head {

  /** Checks the number of classes. */
  public DenseHead {
    HeadTensors.checkedClasses(classes);
  }

  @Override
  public void attach(EncoderModel model, long seed) {
    HeadTensors.addLinear(model, classes, seed);
  }

  /** {@inheritDoc} Logits are (batch, classes, height, width). */
  @Override
  public NDArray logits(EncoderModel model, NDArray tokens, TensorScope step) {
    NDManager manager = step.manager();
    Kind.PixelPatches kind = model.kind();
    long[] sizes = {model.registers(), kind.rows(), kind.columns(), kind.height(), kind.width()};
    NDArray patches = Head.linear(model, tokens, step);
    return Kernels.shared().call(manager, "upsample_tokens", patches, Numbers.of(manager, sizes));
  }

  @Override
  public Shape labelShape(EncoderModel model, int batch) {
    return new Shape(batch, model.kind().height(), model.kind().width());
  }
}
