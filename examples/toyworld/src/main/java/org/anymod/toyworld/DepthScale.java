package org.anymod.toyworld;

/**
 * How depth in metres becomes a number from 0 to 1: {@code d = z / (z + 5 m)}, which grows with z,
 * spends half its range on the first five metres, and gives exactly 1 for the sky.
 */
public final class DepthScale {
  /** The depth in metres that becomes 0.5. */
  public static final double HALF = 5;

  private static final int WHITE = 65535;

  private DepthScale() {}

  /**
   * Returns the stored number of a depth.
   *
   * @param metres distance from the plane of the camera, not negative; infinite for the sky
   * @return 0 to 1
   */
  public static double fromMetres(double metres) {
    return metres == Double.POSITIVE_INFINITY ? 1 : metres / (metres + HALF);
  }

  /**
   * Returns the depth of a stored number.
   *
   * @param stored 0 to 1
   * @return metres; infinite for 1
   */
  public static double toMetres(double stored) {
    return stored == 1 ? Double.POSITIVE_INFINITY : HALF * stored / (1 - stored);
  }

  /** Returns the 16-bit value of a depth: the stored number times 65535, rounded. */
  static short toUnsignedShort(double metres) {
    return (short) (int) (fromMetres(metres) * WHITE + 0.5);
  }
}
