package org.anymod.media;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The element types of {@code .npy} files that are read and written; all little-endian. */
public enum NpyType {
  /** Signed 8 bits, held in {@code byte[]}. */
  INT8("|i1", byte.class, 1),
  /** Unsigned 8 bits, held in {@code byte[]} as the same bits. */
  UINT8("|u1", byte.class, 1),
  /** Signed 16 bits, held in {@code short[]}. */
  INT16("<i2", short.class, 2),
  /** Unsigned 16 bits, held in {@code short[]} as the same bits. */
  UINT16("<u2", short.class, 2),
  /** Signed 32 bits, held in {@code int[]}. */
  INT32("<i4", int.class, 4),
  /** Signed 64 bits, held in {@code long[]}. */
  INT64("<i8", long.class, 8),
  /** IEEE 754 half precision, held in {@code short[]} as the same bits. */
  FLOAT16("<f2", short.class, 2),
  /** IEEE 754 single precision, held in {@code float[]}. */
  FLOAT32("<f4", float.class, 4),
  /** IEEE 754 double precision, held in {@code double[]}. */
  FLOAT64("<f8", double.class, 8),
  /** One byte, 0 or 1, held in {@code boolean[]}. */
  BOOL("|b1", boolean.class, 1);

  private final String descriptor;
  private final Class<?> component;
  private final int bytes;

  NpyType(String descriptor, Class<?> component, int bytes) {
    this.descriptor = descriptor;
    this.component = component;
    this.bytes = bytes;
  }

  /**
   * Returns NumPy's name of the type, such as {@code <i2}.
   *
   * @return the {@code descr} of the file header
   */
  public String descriptor() {
    return descriptor;
  }

  /**
   * Returns the size of an element in the file.
   *
   * @return bytes an element
   */
  public int bytes() {
    return bytes;
  }

  Class<?> component() {
    return component;
  }

  /** Finds a type by its descriptor; for one-byte types the byte order mark does not matter. */
  static Optional<NpyType> find(String descriptor) {
    for (NpyType type : values()) {
      boolean sameName = type.descriptor.substring(1).equals(descriptor.substring(1));
      boolean anyOrder = type.bytes == 1 && "|<>=".indexOf(descriptor.charAt(0)) >= 0;
      if (sameName && (anyOrder || type.descriptor.charAt(0) == descriptor.charAt(0))) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Returns the type that a Java array is written as. */
  static NpyType of(Object data) {
    for (NpyType type : values()) {
      if (data != null && type.component == data.getClass().getComponentType()) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "data is "
            + (data == null ? "missing" : data.getClass().getSimpleName())
            + ", must be an array of byte, short, int, long, float, double or boolean");
  }

  /**
   * Reads all elements from a little-endian buffer; a boolean that is neither 0 nor 1 counts as
   * true.
   */
  Object read(ByteBuffer buffer, int count) {
    switch (this) {
      case INT8, UINT8 -> {
        byte[] values = new byte[count];
        buffer.get(values);
        return values;
      }
      case INT16, UINT16, FLOAT16 -> {
        short[] values = new short[count];
        buffer.asShortBuffer().get(values);
        return values;
      }
      case INT32 -> {
        int[] values = new int[count];
        buffer.asIntBuffer().get(values);
        return values;
      }
      case INT64 -> {
        long[] values = new long[count];
        buffer.asLongBuffer().get(values);
        return values;
      }
      case FLOAT32 -> {
        float[] values = new float[count];
        buffer.asFloatBuffer().get(values);
        return values;
      }
      case FLOAT64 -> {
        double[] values = new double[count];
        buffer.asDoubleBuffer().get(values);
        return values;
      }
      case BOOL -> {
        boolean[] values = new boolean[count];
        for (int i = 0; i < count; i++) {
          values[i] = buffer.get() != 0;
        }
        return values;
      }
    }
    throw new IllegalStateException("no reader of " + this);
  }

  /** Writes all elements into a little-endian buffer. */
  void write(Object data, ByteBuffer buffer) {
    switch (this) {
      case INT8, UINT8 -> buffer.put((byte[]) data);
      case INT16, UINT16, FLOAT16 -> buffer.asShortBuffer().put((short[]) data);
      case INT32 -> buffer.asIntBuffer().put((int[]) data);
      case INT64 -> buffer.asLongBuffer().put((long[]) data);
      case FLOAT32 -> buffer.asFloatBuffer().put((float[]) data);
      case FLOAT64 -> buffer.asDoubleBuffer().put((double[]) data);
      case BOOL -> {
        for (boolean value : (boolean[]) data) {
          buffer.put((byte) (value ? 1 : 0));
        }
      }
    }
  }
}
