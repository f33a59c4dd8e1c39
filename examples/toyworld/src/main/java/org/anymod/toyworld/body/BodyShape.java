package org.anymod.toyworld.body;

import java.util.ArrayList;
import java.util.List;

/**
 * How tall and how stout a body is, in standard deviations from the mean.
 *
 * @param stature -3 to 3; each step is six hundredths of the height
 * @param girth -3 to 3; each step is a tenth of the thickness of the limbs
 */
public record BodyShape(double stature, double girth) {
  /** How many numbers a published shape has. */
  public static final int NUMBERS = 10;

  private static final double LIMIT = 3;

  /** Checks the ranges. */
  public BodyShape {
    if (!(Math.abs(stature) <= LIMIT) || !(Math.abs(girth) <= LIMIT)) {
      throw new IllegalArgumentException(
          "stature is " + stature + " and girth " + girth + ", both must be -3 to 3");
    }
  }

  /**
   * Returns the shape in the layout of SMPL's betas.
   *
   * @return stature, girth and eight zeros: these bodies vary in no other way
   */
  public List<Double> betas() {
    List<Double> betas = new ArrayList<>(List.of(stature, girth));
    while (betas.size() < NUMBERS) {
      betas.add(0.0);
    }
    return List.copyOf(betas);
  }

  /**
   * Returns the factor of all lengths.
   *
   * @return 1 for the mean
   */
  public double scale() {
    return 1 + 0.06 * stature;
  }

  /** Returns the factor of all radii. */
  double thickness() {
    return scale() * (1 + 0.1 * girth);
  }
}
