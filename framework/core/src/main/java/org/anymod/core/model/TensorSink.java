package org.anymod.core.model;

import ai.djl.ndarray.types.Shape;
import java.util.function.Supplier;
import org.anymod.torch.Parameters;

/** Receives the tensors of a model one by one; values are made only where they are asked for. */
interface TensorSink {
  void weight(String name, Shape shape, Supplier<float[]> values);

  void buffer(String name, Shape shape, Supplier<float[]> values);

  /** Allocates the tensors. */
  static TensorSink into(Parameters parameters) {
    return new TensorSink() {
      @Override
      public void weight(String name, Shape shape, Supplier<float[]> values) {
        parameters.weight(name, shape, values.get());
      }

      @Override
      public void buffer(String name, Shape shape, Supplier<float[]> values) {
        parameters.buffer(name, shape, values.get());
      }
    };
  }
}
