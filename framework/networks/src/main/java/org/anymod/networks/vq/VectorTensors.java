package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * A fixed number of vectors, or one in the form of a raster with a single place.
 *
 * @param dim width of a vector
 * @param count number of vectors
 * @param min smallest number
 * @param max largest number; what is decoded is cut to the range
 * @param raster whether values are rasters
 */
record VectorTensors(int dim, int count, float min, float max, boolean raster)
    implements ValueTensors {

  static VectorTensors of(ValueSpec spec) {
    if (spec instanceof ValueSpec.VectorsSpec v) {
      return new VectorTensors(v.dim(), v.maxCount(), v.min(), v.max(), false);
    }
    if (spec instanceof ValueSpec.RasterSpec r) {
      return new VectorTensors(r.channels(), 1, r.min(), r.max(), true);
    }
    throw new IllegalArgumentException(
        "this tokenizer needs vectors, or rasters with one place, but the values are "
            + spec.getClass().getSimpleName());
  }

  @Override
  public int inputChannels(int classWidth) {
    return dim;
  }

  @Override
  public int outputChannels() {
    return dim;
  }

  @Override
  public NDArray tensor(List<? extends Value> values, NDManager manager) {
    ByteBuffer buffer = ValueTensors.buffer((long) values.size() * dim * count, 4);
    for (Value value : values) {
      float[] data = data(value);
      for (int d = 0; d < dim; d++) {
        for (int i = 0; i < count; i++) {
          buffer.putFloat(data[i * dim + d]);
        }
      }
    }
    buffer.flip();
    return manager.create(buffer, new Shape(values.size(), dim, count), DataType.FLOAT32);
  }

  private float[] data(Value value) {
    if (raster) {
      if (value instanceof Value.Raster r
          && r.channels() == dim
          && r.height() == 1
          && r.width() == 1) {
        return r.data();
      }
      throw ValueTensors.unexpected("a raster of " + dim + " x 1 x 1", value);
    }
    if (value instanceof Value.Vectors v && v.dim() == dim && v.count() == count) {
      return v.data();
    }
    throw ValueTensors.unexpected(count + " vectors of width " + dim, value);
  }

  @Override
  public List<Value> values(NDArray output) {
    float[] all = output.toFloatArray();
    int one = dim * count;
    List<Value> values = new ArrayList<>();
    for (int from = 0; from < all.length; from += one) {
      float[] data = new float[one];
      for (int d = 0; d < dim; d++) {
        for (int i = 0; i < count; i++) {
          float x = all[from + d * count + i];
          data[i * dim + d] = Math.min(max, Math.max(min, x));
        }
      }
      values.add(raster ? new Value.Raster(dim, 1, 1, data) : new Value.Vectors(count, dim, data));
    }
    return values;
  }
}
