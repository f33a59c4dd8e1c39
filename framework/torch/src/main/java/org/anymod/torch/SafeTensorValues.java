package org.anymod.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Turns the stored numbers of a safetensors entry into a tensor of a type that the engine computes
 * with.
 */
final class SafeTensorValues {
  private SafeTensorValues() {}

  static NDArray create(String dtype, Shape shape, ByteBuffer source, NDManager manager) {
    return switch (dtype) {
      case "F32" -> copy(source, shape, DataType.FLOAT32, manager);
      case "I64" -> copy(source, shape, DataType.INT64, manager);
      case "I32" -> copy(source, shape, DataType.INT32, manager);
      case "I8" -> copy(source, shape, DataType.INT8, manager);
      case "U8", "BOOL" -> copy(source, shape, DataType.UINT8, manager);
      case "F64", "F16", "BF16" -> floats(dtype, source, shape, manager);
      case "I16" -> shorts(source, shape, manager);
      default -> throw new IllegalArgumentException("unknown type " + dtype);
    };
  }

  private static NDArray copy(ByteBuffer source, Shape shape, DataType type, NDManager manager) {
    // A copy of our own: the engine keeps a reference to direct buffers, and this one is a
    // read-only mapping.
    ByteBuffer owned = ByteBuffer.allocateDirect(source.remaining()).order(ByteOrder.nativeOrder());
    if (type.getNumOfBytes() == 1 || ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
      owned.put(source);
    } else {
      swap(source, owned, type.getNumOfBytes());
    }
    owned.flip();
    return manager.create((Buffer) owned, shape, type);
  }

  private static void swap(ByteBuffer source, ByteBuffer target, int width) {
    byte[] element = new byte[width];
    while (source.hasRemaining()) {
      source.get(element);
      for (int i = width - 1; i >= 0; i--) {
        target.put(element[i]);
      }
    }
  }

  private static NDArray floats(String dtype, ByteBuffer source, Shape shape, NDManager manager) {
    int count = (int) shape.size();
    ByteBuffer owned = ByteBuffer.allocateDirect(count * 4).order(ByteOrder.nativeOrder());
    for (int i = 0; i < count; i++) {
      float value =
          switch (dtype) {
            case "F64" -> (float) source.getDouble(i * 8);
            case "BF16" -> Float.intBitsToFloat(source.getShort(i * 2) << 16);
            default -> half(source.getShort(i * 2));
          };
      owned.putFloat(i * 4, value);
    }
    return manager.create((Buffer) owned, shape, DataType.FLOAT32);
  }

  private static NDArray shorts(ByteBuffer source, Shape shape, NDManager manager) {
    int[] values = new int[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = source.getShort(i * 2);
    }
    return manager.create(values, shape);
  }

  /** IEEE 754 binary16 to binary32. */
  private static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    if (exponent == 31) {
      return Float.intBitsToFloat(sign | 0x7F800000 | (fraction << 13));
    }
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (fraction << 13));
  }
}
