package org.anymod.torch;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How numbers are stored in a safetensors file; the constants are named as in its header. */
public enum StoredType {
  /** 64-bit floating point. */
  F64(8, DataType.FLOAT32),
  /** 32-bit floating point. */
  F32(4, DataType.FLOAT32),
  /** 16-bit floating point with 5 bits of exponent. */
  F16(2, DataType.FLOAT32),
  /** 16-bit floating point with 8 bits of exponent. */
  BF16(2, DataType.FLOAT32),
  /** 64-bit integers. */
  I64(8, DataType.INT64),
  /** 32-bit integers. */
  I32(4, DataType.INT32),
  /** 16-bit integers. */
  I16(2, DataType.INT32),
  /** 8-bit integers. */
  I8(1, DataType.INT8),
  /** 8-bit integers without sign. */
  U8(1, DataType.UINT8),
  /** Truth values, one byte each. */
  BOOL(1, DataType.UINT8);

  private final int width;
  private final DataType loaded;

  StoredType(int width, DataType loaded) {
    this.width = width;
    this.loaded = loaded;
  }

  /**
   * Returns the size of a number.
   *
   * @return bytes
   */
  public int width() {
    return width;
  }

  /**
   * Returns whether this is a floating point type.
   *
   * @return true for F64, F32, F16 and BF16
   */
  public boolean isFloating() {
    return this == F64 || this == F32 || this == F16 || this == BF16;
  }

  /** The type that numbers have in memory. */
  DataType loaded() {
    return loaded;
  }

  /** Whether stored bytes are those that the engine holds in memory. */
  boolean isLoadedAsStored() {
    return this != F64 && this != F16 && this != BF16 && this != I16;
  }

  static Optional<StoredType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
  }

  static StoredType of(DataType type) {
    return switch (type) {
      case FLOAT64 -> F64;
      case FLOAT32 -> F32;
      case FLOAT16 -> F16;
      case INT64 -> I64;
      case INT32 -> I32;
      case INT8 -> I8;
      case UINT8 -> U8;
      case BOOLEAN -> BOOL;
      default -> throw new IllegalArgumentException("cannot write tensors of type " + type);
    };
  }
}
