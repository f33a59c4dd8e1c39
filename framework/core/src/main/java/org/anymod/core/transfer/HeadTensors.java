package org.anymod.core.transfer;

import ai.djl.ndarray.types.Shape;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Parameters;

/** First values of a head's tensors. */
final class HeadTensors {
  private HeadTensors() {}

  static void addLinear(EncoderModel model, int classes, long seed) {
    Parameters parameters = model.parameters();
    String weight = Head.PREFIX + "linear.weight";
    Shape shape = new Shape(classes, model.dim());
    float[] values = new InitialValues(seed).normal(weight, shape.size(), Head.DEVIATION);
    parameters.weight(weight, shape, values);
    parameters.weight(
        Head.PREFIX + "linear.bias", new Shape(classes), InitialValues.constant(classes, 0));
  }

  static int checkedClasses(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException("classes is " + classes + ", must be at least 2");
    }
    return classes;
  }
}
