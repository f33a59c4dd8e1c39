package org.anymod.media;

import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * A dense array in row-major order, as one {@code .npy} file holds it. The arrays are not copied:
 * whoever creates one hands them over.
 *
 * @param type type of the elements
 * @param shape length of each axis, each at least 0; no axis means a single number
 * @param data the elements in a Java array of {@code type}'s primitive, as long as the product of
 *     {@code shape}
 */
public record NpyArray(NpyType type, int[] shape, Object data) {

  /** Checks that data, type and shape belong together. */
  public NpyArray {
    if (type.component() != NpyType.of(data).component()) {
      throw new IllegalArgumentException(
          type
              + " is held in "
              + type.component()
              + "[], not in "
              + data.getClass().getSimpleName());
    }
    long count = 1;
    for (int length : shape) {
      if (length < 0) {
        throw new IllegalArgumentException(
            "shape is " + Arrays.toString(shape) + ", no axis may be negative");
      }
      count = Math.multiplyExact(count, (long) length);
    }
    if (count != Array.getLength(data)) {
      throw new IllegalArgumentException(
          "shape "
              + Arrays.toString(shape)
              + " needs "
              + count
              + " elements, data has "
              + Array.getLength(data));
    }
  }

  /**
   * Creates an array of the signed type that {@code data} suggests: {@code byte[]} becomes {@link
   * NpyType#INT8}.
   *
   * @param shape length of each axis
   * @param data a primitive array of byte, short, int, long, float, double or boolean
   */
  public NpyArray(int[] shape, Object data) {
    this(NpyType.of(data), shape, data);
  }

  /**
   * Returns the number of elements.
   *
   * @return the product of the shape
   */
  public int elements() {
    return Array.getLength(data);
  }

  /**
   * Returns the elements as whole numbers, unsigned types as their unsigned value, booleans as 0
   * and 1.
   *
   * @return a fresh array in row-major order
   * @throws ArithmeticException if the type is floating point, or a 64-bit number does not fit
   */
  public int[] toInts() {
    int[] result = new int[elements()];
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.toIntExact(whole(i));
    }
    return result;
  }

  /**
   * Returns the elements as whole numbers of 64 bits.
   *
   * @return a fresh array in row-major order
   * @throws ArithmeticException if the type is floating point
   */
  public long[] toLongs() {
    long[] result = new long[elements()];
    for (int i = 0; i < result.length; i++) {
      result[i] = whole(i);
    }
    return result;
  }

  /**
   * Returns the elements as floats, rounded to the nearest where they do not fit.
   *
   * @return a fresh array in row-major order
   */
  public float[] toFloats() {
    float[] result = new float[elements()];
    for (int i = 0; i < result.length; i++) {
      result[i] =
          switch (type) {
            case FLOAT16 -> half(((short[]) data)[i]);
            case FLOAT32 -> ((float[]) data)[i];
            case FLOAT64 -> (float) ((double[]) data)[i];
            case INT8, UINT8, INT16, UINT16, INT32, INT64, BOOL -> whole(i);
          };
    }
    return result;
  }

  /** Widens IEEE 754 half precision: 1 sign bit, 5 exponent bits, 10 fraction bits. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float size;
    if (exponent == 0) {
      size = Math.scalb((float) fraction, -24);
    } else if (exponent == 0x1F) {
      size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      size = Math.scalb((float) (fraction | 0x400), exponent - 25);
    }
    return bits < 0 ? -size : size;
  }

  private long whole(int i) {
    return switch (type) {
      case INT8 -> ((byte[]) data)[i];
      case UINT8 -> ((byte[]) data)[i] & 0xFF;
      case INT16 -> ((short[]) data)[i];
      case UINT16 -> ((short[]) data)[i] & 0xFFFF;
      case INT32 -> ((int[]) data)[i];
      case INT64 -> ((long[]) data)[i];
      case BOOL -> ((boolean[]) data)[i] ? 1 : 0;
      case FLOAT16, FLOAT32, FLOAT64 ->
          throw new ArithmeticException("the elements are " + type + ", not whole numbers");
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NpyArray that
        && type == that.type
        && Arrays.equals(shape, that.shape)
        && Arrays.deepEquals(new Object[] {data}, new Object[] {that.data});
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.deepHashCode(new Object[] {data});
  }

  @Override
  public String toString() {
    return type.descriptor() + Arrays.toString(shape);
  }
}
