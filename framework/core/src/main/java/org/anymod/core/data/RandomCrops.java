package org.anymod.core.data;

import java.util.random.RandomGenerator;
import org.anymod.spi.Crop;

/**
 * Random resized crops: a share of the picture's area, with a shape and at a place drawn at random
 * (Szegedy et al. 2015, "Going deeper with convolutions", section 6).
 *
 * @param minScale smallest share of the area, in (0, 1]
 * @param maxScale largest share of the area, from {@code minScale} to 1
 * @param minRatio smallest width divided by height, above 0
 * @param maxRatio largest width divided by height, at least {@code minRatio}
 * @param flipProbability how often a crop is mirrored, in [0, 1]
 */
public record RandomCrops(
    double minScale, double maxScale, double minRatio, double maxRatio, double flipProbability) {
  private static final int TRIES = 10;

  /** Checks ranges. */
  public RandomCrops {
    require(
        minScale > 0 && minScale <= maxScale && maxScale <= 1,
        "scale",
        minScale,
        maxScale,
        "0 < min <= max <= 1");
    require(
        minRatio > 0 && minRatio <= maxRatio && Double.isFinite(maxRatio),
        "ratio",
        minRatio,
        maxRatio,
        "0 < min <= max");
    require(
        flipProbability >= 0 && flipProbability <= 1,
        "flip probability",
        flipProbability,
        flipProbability,
        "0 to 1");
  }

  /**
   * Returns the settings under which tokens are computed ahead: area from {@code minScale} to 1,
   * ratio from 3/4 to 4/3, half of the crops mirrored.
   *
   * @param minScale smallest share of the area, in (0, 1]
   * @return the settings
   */
  public static RandomCrops forTokens(double minScale) {
    return new RandomCrops(minScale, 1, 0.75, 1.3333, 0.5);
  }

  /**
   * Draws a crop. With area {@code A} uniform in the scale range and ratio {@code r} log-uniform in
   * the ratio range, width is {@code sqrt(A r)} and height {@code sqrt(A / r)}, rounded half to
   * even; after ten draws that do not fit, the largest centred crop within the ratio range.
   *
   * @param height rows of the picture
   * @param width columns of the picture
   * @param random where chance comes from
   * @return a crop inside the picture
   */
  public Crop draw(int height, int width, RandomGenerator random) {
    double area = (double) height * width;
    for (int i = 0; i < TRIES; i++) {
      double target = area * between(minScale, maxScale, random);
      double ratio = Math.exp(between(Math.log(minRatio), Math.log(maxRatio), random));
      int w = (int) Math.rint(Math.sqrt(target * ratio));
      int h = (int) Math.rint(Math.sqrt(target / ratio));
      if (w > 0 && w <= width && h > 0 && h <= height) {
        int top = random.nextInt(height - h + 1);
        int left = random.nextInt(width - w + 1);
        return new Crop(top, left, h, w, flip(random), height, width);
      }
    }
    return largestCentred(height, width, random);
  }

  private Crop largestCentred(int height, int width, RandomGenerator random) {
    double ratio = (double) width / height;
    int w = width;
    int h = height;
    if (ratio < minRatio) {
      h = Math.max(1, Math.min(height, (int) Math.rint(width / minRatio)));
    } else if (ratio > maxRatio) {
      w = Math.max(1, Math.min(width, (int) Math.rint(height * maxRatio)));
    }
    return new Crop((height - h) / 2, (width - w) / 2, h, w, flip(random), height, width);
  }

  private boolean flip(RandomGenerator random) {
    return random.nextDouble() < flipProbability;
  }

  private static double between(double min, double max, RandomGenerator random) {
    return min + (max - min) * random.nextDouble();
  }

  private static void require(
      boolean condition, String what, double min, double max, String allowed) {
    if (!condition) {
      throw new IllegalArgumentException(
          what + " is " + min + " to " + max + ", allowed: " + allowed);
    }
  }
}
