package org.anymod.networks.labeling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.anymod.torch.HostNumbers;
import org.anymod.torch.Kernels;

/**
 * What a network gave for one picture, on its way to a value.
 *
 * @param use how the network is used
 * @param spec what the value must be
 * @param manager owner of all tensors on the way
 */
record NetworkResult(NetworkUse use, ValueSpec spec, NDManager manager) {

  /** A feature for each place: maps (1, C, h, w) or (C, h, w), or tokens (1, T, C) or (T, C). */
  Value features(NDArray output) {
    int width = ((ValueSpec.RasterSpec) spec).channels();
    Shape shape = output.getShape();
    NDArray map = output;
    if (shape.dimension() == 3 && shape.get(0) == width && shape.get(0) != 1) {
      map = output.expandDims(0);
    } else if (shape.dimension() == 3 || shape.dimension() == 2) {
      map = grid(tokens(output));
    }
    return checked(raster(map, width, "a feature map of " + width + " channels", output));
  }

  /** Tokens (T, C). */
  private NDArray tokens(NDArray output) {
    Shape shape = output.getShape();
    if (shape.dimension() == 3 && shape.get(0) != 1) {
      throw wrong(output, "the features of one picture");
    }
    return shape.dimension() == 3 ? output.squeeze(0) : output;
  }

  private NDArray grid(NDArray tokens) {
    long places = tokens.getShape().get(0) - use.dropTokens();
    long side = Math.round(Math.sqrt(Math.max(0, places)));
    if (places < 1 || side * side != places) {
      throw wrong(
          tokens,
          "tokens that make a square without the first "
              + use.dropTokens()
              + " (drop_tokens), not "
              + places);
    }
    NDArray kept = tokens.get(use.dropTokens() + ":");
    return kept.swapAxes(0, 1).reshape(1, kept.getShape().get(1), side, side);
  }

  /** One vector: (D), (1, D), (1, D, 1, 1), or one of the tokens (1, T, D). */
  Value vector(NDArray output) {
    int width = ((ValueSpec.VectorsSpec) spec).dim();
    Shape shape = output.getShape();
    NDArray vector = output;
    if (shape.dimension() == 3 && shape.get(0) == 1) {
      if (shape.get(1) <= use.dropTokens()) {
        throw wrong(output, "more than " + use.dropTokens() + " tokens (drop_tokens)");
      }
      vector = output.get("0, " + use.dropTokens());
    }
    if (vector.size() != width || vector.getShape().get(vector.getShape().dimension() - 1) == 0) {
      throw wrong(output, "one vector of width " + width);
    }
    NDArray numbers = changed(vector.reshape(1, width));
    return checked(new Value.Vectors(1, width, numbers.toFloatArray()));
  }

  /** Numbers for each place, at the size of the picture: (1, C, h, w), (C, h, w) or (h, w). */
  Value picture(NDArray output, Value.Raster picture) {
    int channels = ((ValueSpec.RasterSpec) spec).channels();
    NDArray map = output;
    while (map.getShape().dimension() < 4) {
      map = map.expandDims(0);
    }
    Value.Raster raster = raster(map, channels, "a picture of " + channels + " channels", output);
    checked(raster);
    NDArray numbers =
        manager.create(raster.data(), new Shape(1, channels, raster.height(), raster.width()));
    NDArray size = HostNumbers.whole(manager, picture.height(), picture.width());
    NDArray resized = Kernels.shared().call(manager, "resize_picture", numbers, size);
    return checked(
        new Value.Raster(
            channels, picture.height(), picture.width(), unrounded(resized.toFloatArray())));
  }

  /** Brings numbers back that rounding has put a little outside the range. */
  private float[] unrounded(float[] numbers) {
    ValueSpec.RasterSpec range = (ValueSpec.RasterSpec) spec;
    float slack = 1e-5f * (range.max() - range.min());
    for (int i = 0; i < numbers.length; i++) {
      float x = numbers[i];
      if (x > range.max() && x <= range.max() + slack) {
        numbers[i] = range.max();
      } else if (x < range.min() && x >= range.min() - slack) {
        numbers[i] = range.min();
      }
    }
    return numbers;
  }

  /** A class for each place, at the size of the picture: logits (1, K, h, w), or numbers. */
  Value classes(NDArray output, Value.Raster picture) {
    Shape shape = output.getShape();
    NDArray numbers = output;
    if (shape.dimension() == 4 && shape.get(0) == 1 && shape.get(1) > 1) {
      numbers = output.argMax(1);
    } else if (shape.size()
        != shape.get(shape.dimension() - 1) * shape.get(shape.dimension() - 2)) {
      throw wrong(output, "logits (1, classes, rows, columns) or class numbers (rows, columns)");
    }
    long rows = shape.get(shape.dimension() - 2);
    long columns = shape.get(shape.dimension() - 1);
    NDArray map = numbers.reshape(1, rows, columns).toType(DataType.INT64, false);
    NDArray size = HostNumbers.whole(manager, picture.height(), picture.width());
    long[] resized = Kernels.shared().call(manager, "resize_classes", map, size).toLongArray();
    int[] data = new int[resized.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = Math.toIntExact(resized[i] + Math.round(use.offset()));
    }
    return checked(new Value.ClassMap(picture.height(), picture.width(), data));
  }

  private Value.Raster raster(NDArray map, int channels, String wanted, NDArray output) {
    Shape shape = map.getShape();
    if (shape.dimension() != 4 || shape.get(0) != 1 || shape.get(1) != channels) {
      throw wrong(output, wanted);
    }
    return new Value.Raster(
        channels,
        Math.toIntExact(shape.get(2)),
        Math.toIntExact(shape.get(3)),
        unrounded(changed(map).toFloatArray()));
  }

  private NDArray changed(NDArray numbers) {
    return Kernels.shared()
        .call(
            manager,
            "label_output",
            numbers,
            HostNumbers.of(
                manager,
                use.activation().ordinal(),
                use.scale(),
                use.offset(),
                use.minMax() ? 1 : 0));
  }

  private Value checked(Value value) {
    Optional<String> violation = spec.violation(value);
    if (violation.isPresent()) {
      throw new IllegalArgumentException(
          "the result "
              + violation.get()
              + "; activation, scale, offset and min_max of the network's settings change it");
    }
    return value;
  }

  private static IllegalArgumentException wrong(NDArray output, String wanted) {
    return new IllegalArgumentException(
        "the result has the shape " + output.getShape() + ", must be " + wanted);
  }
}
