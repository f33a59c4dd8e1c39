package org.anymod.networks.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * Square rasters as tensors and back; the declared range becomes [-1, 1].
 *
 * @param spec channels and range
 * @param side pixels
 */
record RasterBatch(ValueSpec.RasterSpec spec, int side) {

  /** The same for values as large as this one. */
  RasterBatch like(Value value) {
    return value instanceof Value.Raster raster && raster.height() != side
        ? new RasterBatch(spec, raster.height())
        : this;
  }

  /** Values as (batch, channels, side, side). */
  NDArray tensor(List<? extends Value> values, NDManager manager) {
    int one = spec.channels() * side * side;
    FloatBuffer buffer = FloatBuffer.allocate(Math.multiplyExact(values.size(), one));
    float scale = 2 / (spec.max() - spec.min());
    for (Value value : values) {
      for (float x : checked(value).data()) {
        buffer.put((x - spec.min()) * scale - 1);
      }
    }
    buffer.flip();
    Shape shape = new Shape(values.size(), spec.channels(), side, side);
    return manager.create(buffer, shape, DataType.FLOAT32);
  }

  private Value.Raster checked(Value value) {
    if (!(value instanceof Value.Raster raster)) {
      throw new IllegalArgumentException(
          "expected a raster, found " + value.getClass().getSimpleName());
    }
    if (raster.channels() != spec.channels() || raster.height() != side || raster.width() != side) {
      throw new IllegalArgumentException(
          "expected a raster of %d x %d x %d, found %d x %d x %d"
              .formatted(
                  spec.channels(), side, side, raster.channels(), raster.height(), raster.width()));
    }
    return raster;
  }

  /** Values from (batch, channels, side, side), cut to the declared range. */
  List<Value> values(NDArray pictures) {
    float[] all = pictures.toFloatArray();
    int one = spec.channels() * side * side;
    float half = (spec.max() - spec.min()) / 2;
    List<Value> values = new ArrayList<>();
    for (int start = 0; start < all.length; start += one) {
      float[] data = new float[one];
      for (int j = 0; j < one; j++) {
        float x = (all[start + j] + 1) * half + spec.min();
        data[j] = Math.min(spec.max(), Math.max(spec.min(), x));
      }
      values.add(new Value.Raster(spec.channels(), side, side, data));
    }
    return values;
  }
}
