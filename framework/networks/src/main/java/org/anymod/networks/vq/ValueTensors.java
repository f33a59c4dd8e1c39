package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/** Puts values into tensors and reads them back: pictures scaled to [-1, 1], or class maps. */
sealed interface ValueTensors {

  /** Channels of the network's input. */
  int inputChannels(VqSettings settings);

  /** Channels of the network's output. */
  int outputChannels();

  /** Values as (batch, channels, height, width) or, for class numbers, (batch, height, width). */
  NDArray tensor(List<? extends Value> values, int size, NDManager manager);

  /** Values from the network's output (batch, channels, height, width). */
  List<Value> values(NDArray output);

  /** Whether the input is class numbers. */
  boolean classes();

  static ValueTensors of(ValueSpec spec, boolean classes) {
    if (classes && spec instanceof ValueSpec.ClassMapSpec map) {
      return new Classes(map.labels().size());
    }
    if (!classes && spec instanceof ValueSpec.RasterSpec raster) {
      return new Rasters(raster.channels(), raster.min(), raster.max());
    }
    throw new IllegalArgumentException(
        "this tokenizer needs "
            + (classes ? "class maps" : "rasters")
            + ", but the values are "
            + spec.getClass().getSimpleName());
  }

  /**
   * Pictures in a declared range.
   *
   * @param channels number of channels
   * @param min value that becomes -1
   * @param max value that becomes 1
   */
  record Rasters(int channels, float min, float max) implements ValueTensors {
    @Override
    public int inputChannels(VqSettings settings) {
      return channels;
    }

    @Override
    public int outputChannels() {
      return channels;
    }

    @Override
    public boolean classes() {
      return false;
    }

    @Override
    public NDArray tensor(List<? extends Value> values, int size, NDManager manager) {
      int one = channels * size * size;
      ByteBuffer buffer =
          ByteBuffer.allocateDirect(values.size() * one * 4).order(ByteOrder.nativeOrder());
      float scale = 2 / (max - min);
      for (Value value : values) {
        if (!(value instanceof Value.Raster raster)
            || raster.channels() != channels
            || raster.height() != size
            || raster.width() != size) {
          throw new IllegalArgumentException(
              "expected a raster of "
                  + channels
                  + " x "
                  + size
                  + " x "
                  + size
                  + ", found "
                  + describe(value));
        }
        for (float x : raster.data()) {
          buffer.putFloat((x - min) * scale - 1);
        }
      }
      buffer.flip();
      return manager.create(
          buffer, new Shape(values.size(), channels, size, size), DataType.FLOAT32);
    }

    @Override
    public List<Value> values(NDArray output) {
      Shape shape = output.getShape();
      int height = (int) shape.get(2);
      int width = (int) shape.get(3);
      float[] all = output.toFloatArray();
      int one = channels * height * width;
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < shape.get(0); i++) {
        float[] data = new float[one];
        for (int j = 0; j < one; j++) {
          float x = (all[i * one + j] + 1) / 2 * (max - min) + min;
          data[j] = Math.min(max, Math.max(min, x));
        }
        values.add(new Value.Raster(channels, height, width, data));
      }
      return values;
    }
  }

  /**
   * Class maps.
   *
   * @param count number of classes
   */
  record Classes(int count) implements ValueTensors {
    @Override
    public int inputChannels(VqSettings settings) {
      return settings.classWidth();
    }

    @Override
    public int outputChannels() {
      return count;
    }

    @Override
    public boolean classes() {
      return true;
    }

    @Override
    public NDArray tensor(List<? extends Value> values, int size, NDManager manager) {
      int one = size * size;
      ByteBuffer buffer =
          ByteBuffer.allocateDirect(values.size() * one * 8).order(ByteOrder.nativeOrder());
      for (Value value : values) {
        if (!(value instanceof Value.ClassMap map) || map.height() != size || map.width() != size) {
          throw new IllegalArgumentException(
              "expected a class map of " + size + " x " + size + ", found " + describe(value));
        }
        for (int x : map.data()) {
          if (x < 0 || x >= count) {
            throw new IllegalArgumentException("class " + x + " is outside 0 to " + (count - 1));
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

  private static String describe(Value value) {
    if (value instanceof Value.Raster r) {
      return "a raster of " + r.channels() + " x " + r.height() + " x " + r.width();
    }
    if (value instanceof Value.ClassMap m) {
      return "a class map of " + m.height() + " x " + m.width();
    }
    return value.getClass().getSimpleName();
  }
}
