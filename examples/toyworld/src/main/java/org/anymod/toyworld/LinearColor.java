package org.anymod.toyworld;

import org.anymod.toyworld.geometry.Vec3;

/**
 * Conversion between light and 8-bit picture values by the transfer function of sRGB (IEC
 * 61966-2-1).
 */
final class LinearColor {
  private static final int STEPS = 1 << 14;
  private static final byte[] ENCODED = encodedTable();

  private LinearColor() {}

  /** Returns the light of an sRGB colour written as {@code 0xRRGGBB}. */
  static Vec3 fromHex(int hex) {
    return new Vec3(decode(hex >> 16 & 0xFF), decode(hex >> 8 & 0xFF), decode(hex & 0xFF));
  }

  /** Returns the 8-bit value of an amount of light; amounts above 1 are white. */
  static byte encode(double light) {
    double clamped = Math.max(0, Math.min(1, light));
    return ENCODED[(int) (clamped * (STEPS - 1) + 0.5)];
  }

  private static double decode(int value) {
    double s = value / 255.0;
    return s <= 0.04045 ? s / 12.92 : StrictMath.pow((s + 0.055) / 1.055, 2.4);
  }

  private static byte[] encodedTable() {
    byte[] table = new byte[STEPS];
    for (int i = 0; i < STEPS; i++) {
      double light = i / (STEPS - 1.0);
      double s =
          light <= 0.0031308 ? 12.92 * light : 1.055 * StrictMath.pow(light, 1 / 2.4) - 0.055;
      table[i] = (byte) (int) (s * 255 + 0.5);
    }
    return table;
  }
}
