package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.anymod.spi.Value;

/**
 * Class maps.
 *
 * @param classes number of classes
 * @param size rows and columns
 */
record ClassTensors(int classes, int size) implements ValueTensors {
  @Override
  public ValueTensors like(Value value) {
    return value instanceof Value.ClassMap map && map.height() != size
        ? new ClassTensors(classes, map.height())
        : this;
  }

  @Override
  public int inputChannels(int classWidth) {
    return classWidth;
  }

  @Override
  public int outputChannels() {
    return classes;
  }

  @Override
  public NDArray tensor(List<? extends Value> values, NDManager manager) {
    ByteBuffer buffer = ValueTensors.buffer((long) values.size() * size * size, 8);
    for (Value value : values) {
      if (!(value instanceof Value.ClassMap map) || map.height() != size || map.width() != size) {
        throw ValueTensors.unexpected("a class map of " + size + " x " + size, value);
      }
      for (int x : map.data()) {
        if (x < 0 || x >= classes) {
          throw new IllegalArgumentException("class " + x + " is outside 0 to " + (classes - 1));
        }
        buffer.putLong(x);
      }
    }
    buffer.flip();
    return manager.create(buffer, new Shape(values.size(), size, size), DataType.INT64);
  }

  @Override
  public List<Value> values(NDArray output) {
    NDArray best = output.argMax(1);
    int height = (int) output.getShape().get(2);
    int width = (int) output.getShape().get(3);
    long[] all = best.toLongArray();
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < output.getShape().get(0); i++) {
      int[] data = new int[height * width];
      for (int j = 0; j < data.length; j++) {
        data[j] = (int) all[i * data.length + j];
      }
      values.add(new Value.ClassMap(height, width, data));
    }
    return values;
  }
}
