package org.anymod.torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Stored floating point numbers as float32 and back; rounding is to the nearest, ties to even. */
final class StoredNumbers {
  private StoredNumbers() {}

  /** Decodes all numbers of a little-endian buffer. */
  static float[] floats(StoredType type, ByteBuffer bytes) {
    float[] values = new float[bytes.remaining() / type.width()];
    decode(type, bytes, FloatBuffer.wrap(values));
    return values;
  }

  /** Decodes all numbers of a little-endian buffer into another. */
  static void decode(StoredType type, ByteBuffer bytes, FloatBuffer target) {
    int count = bytes.remaining() / type.width();
    int at = bytes.position();
    switch (type) {
      case F64 -> {
        for (int i = 0; i < count; i++) {
          target.put((float) bytes.getDouble(at + i * 8));
        }
      }
      case F32 -> {
        for (int i = 0; i < count; i++) {
          target.put(bytes.getFloat(at + i * 4));
        }
      }
      case F16 -> {
        for (int i = 0; i < count; i++) {
          target.put(fromHalf(bytes.getShort(at + i * 2)));
        }
      }
      case BF16 -> {
        for (int i = 0; i < count; i++) {
          target.put(Float.intBitsToFloat(bytes.getShort(at + i * 2) << 16));
        }
      }
      case I64, I32, I16, I8, U8, BOOL -> throw notFloating(type);
    }
  }

  /**
   * Encodes numbers.
   *
   * @throws ArithmeticException if a finite number is infinite in the type
   */
  static ByteBuffer bytes(StoredType type, float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * type.width()).order(ByteOrder.LITTLE_ENDIAN);
    switch (type) {
      case F64 -> {
        for (float value : values) {
          bytes.putDouble(value);
        }
      }
      case F32 -> {
        for (float value : values) {
          bytes.putFloat(value);
        }
      }
      case F16 -> {
        for (float value : values) {
          bytes.putShort(toHalf(value));
        }
      }
      case BF16 -> {
        for (float value : values) {
          bytes.putShort(toBrain(value));
        }
      }
      case I64, I32, I16, I8, U8, BOOL -> throw notFloating(type);
    }
    return bytes.flip();
  }

  private static IllegalArgumentException notFloating(StoredType type) {
    return new IllegalArgumentException(type + " is no floating point type");
  }

  /** IEEE 754 binary16 to binary32. */
  private static float fromHalf(short bits) {
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

  /** IEEE 754 binary32 to binary16. */
  private static short toHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7FFFFFFF;
    if (magnitude > 0x7F800000) {
      return (short) (sign | 0x7E00 | ((magnitude >> 13) & 0x3FF));
    }
    if (magnitude == 0x7F800000) {
      return (short) (sign | 0x7C00);
    }
    if (magnitude < 0x38800000) {
      // Below the smallest normal number: a multiple of 2^-24, which rint finds.
      return (short) (sign | (int) Math.rint(Math.abs((double) value) * 0x1p24));
    }
    int rounded = (magnitude + 0xFFF + ((magnitude >> 13) & 1)) >> 13;
    int half = rounded - (112 << 10);
    if (half >= 0x7C00) {
      throw new ArithmeticException(value + " is too large for F16");
    }
    return (short) (sign | half);
  }

  private static short toBrain(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    int rounded = (bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16;
    if ((rounded & 0x7F80) == 0x7F80 && !Float.isInfinite(value)) {
      throw new ArithmeticException(value + " is too large for BF16");
    }
    return (short) rounded;
  }
}
