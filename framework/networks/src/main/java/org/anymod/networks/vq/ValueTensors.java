package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.anymod.spi.Value;

/** Puts values into tensors and reads them back. */
sealed interface ValueTensors permits RasterTensors, ClassTensors, VectorTensors {

  /** Channels of the network's input. */
  int inputChannels(int classWidth);

  /** Channels of the network's output. */
  int outputChannels();

  /** Number of classes; 0 where values are numbers. */
  default int classes() {
    return 0;
  }

  /** The same for values as large as this one, where its form has several sizes. */
  default ValueTensors like(Value value) {
    return this;
  }

  /** Rows and columns of a value; 0 where there is only one form. */
  default int size() {
    return 0;
  }

  /** Values as (batch, channels, places...) or, for class numbers, (batch, height, width). */
  NDArray tensor(List<? extends Value> values, NDManager manager);

  /** Values from the network's output (batch, channels, places...). */
  List<Value> values(NDArray output);

  static ByteBuffer buffer(long count, int width) {
    return ByteBuffer.allocateDirect(Math.toIntExact(count * width)).order(ByteOrder.nativeOrder());
  }

  static IllegalArgumentException unexpected(String expected, Value value) {
    return new IllegalArgumentException("expected " + expected + ", found " + describe(value));
  }

  private static String describe(Value value) {
    if (value instanceof Value.Raster r) {
      return "a raster of " + r.channels() + " x " + r.height() + " x " + r.width();
    }
    if (value instanceof Value.ClassMap m) {
      return "a class map of " + m.height() + " x " + m.width();
    }
    if (value instanceof Value.Vectors v) {
      return v.count() + " vectors of width " + v.dim();
    }
    return value.getClass().getSimpleName();
  }
}
