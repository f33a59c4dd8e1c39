package org.anymod.media;

import java.awt.Color;

/** Colours for numbers and classes, as {@code 0xRRGGBB}. */
public final class ColorMaps {
  private static final double[] TURBO_RED = {
    0.13572138, 4.61539260, -42.66032258, 132.13108234, -152.94239396, 59.28637943
  };
  private static final double[] TURBO_GREEN = {
    0.09140261, 2.19418839, 4.84296658, -14.18503333, 4.27729857, 2.82956604
  };
  private static final double[] TURBO_BLUE = {
    0.10667330, 12.64194608, -60.58204836, 110.36276771, -89.90310912, 27.34824973
  };

  private static final double GOLDEN_RATIO_PART = 0.6180339887498949;

  private ColorMaps() {}

  /**
   * Returns a colour of the turbo map, from dark blue over green to dark red.
   *
   * <p>Source: A. Mikhailov, "Turbo, an improved rainbow colormap for visualization", 2019,
   * polynomial approximation of degree 5 by R. Du.
   *
   * @param x 0 to 1; what lies outside is clipped, NaN counts as 0
   * @return the colour
   */
  public static int turbo(double x) {
    double t = x > 0 ? Math.min(1, x) : 0;
    return polynomial(TURBO_RED, t) << 16
        | polynomial(TURBO_GREEN, t) << 8
        | polynomial(TURBO_BLUE, t);
  }

  /**
   * Returns the colour of a class. Hues advance by the golden ratio, so that the first colours
   * differ most; saturation and brightness alternate.
   *
   * @param number class number, not negative
   * @return the colour
   */
  public static int classColor(int number) {
    double turns = 0.58 + number * GOLDEN_RATIO_PART;
    float hue = (float) (turns - Math.floor(turns));
    float saturation = new float[] {0.55f, 0.85f, 0.7f}[number % 3];
    float brightness = new float[] {0.95f, 0.8f}[number / 3 % 2];
    return Color.HSBtoRGB(hue, saturation, brightness) & 0xFFFFFF;
  }

  private static int polynomial(double[] coefficients, double x) {
    double sum = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      sum = sum * x + coefficients[i];
    }
    return (int) Math.rint(255 * Math.min(1, Math.max(0, sum)));
  }
}
