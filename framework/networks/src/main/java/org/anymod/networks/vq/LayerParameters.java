package org.anymod.networks.vq;

import ai.djl.ndarray.types.Shape;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;

/**
 * Adds the tensors of layers with fresh values, which depend on the seed and the name alone.
 *
 * @param parameters where they are added
 * @param init initial values
 * @param precision type that the layers' matrix products are computed in
 */
record LayerParameters(Parameters parameters, InitialValues init, Precision precision) {

  /** A matrix or convolution with its bias, which starts at 0. */
  void linear(String name, long... shape) {
    long out = shape[0];
    Shape all = new Shape(shape);
    String weight = name + ".weight";
    int packed = name.endsWith("qkv") ? 3 : 1;
    parameters.weight(weight, all, init.xavier(weight, out, all.size() / out, packed));
    parameters.weight(name + ".bias", new Shape(out), InitialValues.constant(out, 0));
  }

  /** Weight 1 and bias 0. */
  void norm(String name, long dim) {
    parameters.weight(name + ".weight", new Shape(dim), InitialValues.constant(dim, 1));
    parameters.weight(name + ".bias", new Shape(dim), InitialValues.constant(dim, 0));
  }
}
