package org.anymod.media;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anymod.spi.Codec;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.anymod.spi.ValueSpec.RasterSpec;
import org.anymod.spi.ValueSpec.VectorsSpec;

/**
 * NumPy files of floating-point numbers: maps of shape (channels, rows, columns), or lists of
 * vectors of shape (count, width), where a single vector may also have the shape (width).
 */
public final class NpyCodec implements Codec {
  private final ValueSpec spec;

  private NpyCodec(ValueSpec spec) {
    this.spec = spec;
  }

  /**
   * Makes a codec of maps.
   *
   * @param spec channels and range; other files are refused
   * @return the codec
   */
  public static NpyCodec maps(RasterSpec spec) {
    return new NpyCodec(spec);
  }

  /**
   * Makes a codec of vectors.
   *
   * @param spec width, number and range; other files are refused
   * @return the codec
   */
  public static NpyCodec vectors(VectorsSpec spec) {
    return new NpyCodec(spec);
  }

  @Override
  public List<String> extensions() {
    return List.of("npy");
  }

  @Override
  public Value decode(byte[] bytes) throws InvalidDataException {
    NpyArray array = Npy.read(bytes);
    if (array.type() != NpyType.FLOAT32 && array.type() != NpyType.FLOAT64) {
      throw new InvalidDataException(
          "the numbers are " + array.type().descriptor() + ", must be <f4 or <f8");
    }
    Value value = spec instanceof RasterSpec ? map(array) : vectors(array);
    Optional<String> violation = spec.violation(value);
    if (violation.isPresent()) {
      throw new InvalidDataException(violation.get());
    }
    return value;
  }

  private static Value map(NpyArray array) throws InvalidDataException {
    int[] shape = array.shape();
    if (shape.length != 3 || array.elements() == 0) {
      throw wrongShape(shape, "(channels, rows, columns), none of them 0");
    }
    return new Value.Raster(shape[0], shape[1], shape[2], array.toFloats());
  }

  private static Value vectors(NpyArray array) throws InvalidDataException {
    int[] shape = array.shape();
    if (shape.length < 1 || shape.length > 2 || array.elements() == 0) {
      throw wrongShape(shape, "(width) or (count, width), none of them 0");
    }
    int dim = shape[shape.length - 1];
    return new Value.Vectors(array.elements() / dim, dim, array.toFloats());
  }

  private static InvalidDataException wrongShape(int[] shape, String allowed) {
    return new InvalidDataException(
        "the array has the shape " + Arrays.toString(shape) + ", must have " + allowed);
  }

  @Override
  public byte[] encode(Value value) {
    Optional<String> violation = spec.violation(value);
    if (violation.isPresent()) {
      throw new IllegalArgumentException("the value " + violation.get());
    }
    if (value instanceof Value.Raster map) {
      int[] shape = {map.channels(), map.height(), map.width()};
      return Npy.write(new NpyArray(shape, map.data()));
    }
    Value.Vectors vectors = ValueTypes.vectors(value);
    return Npy.write(new NpyArray(new int[] {vectors.count(), vectors.dim()}, vectors.data()));
  }
}
