package org.anymod.toyworld;

/** The sizes that captions tell apart. */
public enum SizeName {
  /** Radius below 0.6 m. */
  SMALL,
  /** Radius from 0.6 m to 1.2 m; captions say nothing. */
  MEDIUM,
  /** Radius of 1.2 m or more. */
  LARGE;

  static SizeName of(double radius) {
    if (radius < 0.6) {
      return SMALL;
    }
    return radius < 1.2 ? MEDIUM : LARGE;
  }
}
