package org.anymod.media.edges;

import java.util.Arrays;
import org.anymod.spi.Value;

/**
 * Edge detection after J. Canny, "A Computational Approach to Edge Detection", 1986: smoothing with
 * a Gaussian, gradients with Sobel's operator, thinning across the edge, and two thresholds joined
 * by hysteresis. Outside the picture its border pixels continue.
 */
final class Canny {
  private static final double TAN_22_5 = Math.sqrt(2) - 1;
  private static final double TAN_67_5 = Math.sqrt(2) + 1;

  /** Steps of edge strength within one gray level. */
  private static final int STRENGTH_STEPS = 64;

  private final EdgeRules rules;
  private final int height;
  private final int width;

  private Canny(EdgeRules rules, int height, int width) {
    this.rules = rules;
    this.height = height;
    this.width = width;
  }

  /**
   * Finds edges.
   *
   * @param gray gray levels 0 to 255, {@code height * width} in row, column order
   * @return raster of shape (1, height, width), 1 on edges and 0 elsewhere
   */
  static Value.Raster edges(EdgeRules rules, float[] gray, int height, int width) {
    Canny canny = new Canny(rules, height, width);
    float[] smooth = canny.smooth(gray);
    float[] across = new float[gray.length];
    float[] down = new float[gray.length];
    canny.sobel(smooth, across, down);
    float[] thin = canny.thin(across, down);
    return new Value.Raster(1, height, width, canny.hysteresis(thin));
  }

  private float[] smooth(float[] gray) {
    if (rules.sigma() == 0) {
      return gray;
    }
    double[] kernel = gaussian(rules.sigma());
    int reach = kernel.length / 2;
    float[] rows = new float[gray.length];
    float[] out = new float[gray.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int i = -reach; i <= reach; i++) {
          sum += kernel[reach + i] * gray[at(y, x + i)];
        }
        rows[at(y, x)] = (float) sum;
      }
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int i = -reach; i <= reach; i++) {
          sum += kernel[reach + i] * rows[at(y + i, x)];
        }
        out[at(y, x)] = (float) sum;
      }
    }
    return out;
  }

  private static double[] gaussian(double sigma) {
    int reach = Math.max(1, (int) Math.ceil(3 * sigma));
    double[] kernel = new double[2 * reach + 1];
    for (int i = -reach; i <= reach; i++) {
      kernel[reach + i] = Math.exp(-i * i / (2 * sigma * sigma));
    }
    double sum = Arrays.stream(kernel).sum();
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    return kernel;
  }

  private void sobel(float[] gray, float[] across, float[] down) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float topLeft = gray[at(y - 1, x - 1)];
        float topRight = gray[at(y - 1, x + 1)];
        float bottomLeft = gray[at(y + 1, x - 1)];
        float bottomRight = gray[at(y + 1, x + 1)];
        float left = gray[at(y, x - 1)];
        float right = gray[at(y, x + 1)];
        float top = gray[at(y - 1, x)];
        float bottom = gray[at(y + 1, x)];
        across[at(y, x)] = topRight + 2 * right + bottomRight - topLeft - 2 * left - bottomLeft;
        down[at(y, x)] = bottomLeft + 2 * bottom + bottomRight - topLeft - 2 * top - topRight;
      }
    }
  }

  /** Keeps the strength of pixels that are strongest in the direction of their gradient, else 0. */
  private float[] thin(float[] across, float[] down) {
    float[] strength = new float[across.length];
    for (int i = 0; i < strength.length; i++) {
      // Rounded, so that both sides of an even step are equally strong whatever the arithmetic.
      strength[i] =
          (float) Math.rint(Math.hypot(across[i], down[i]) * STRENGTH_STEPS) / STRENGTH_STEPS;
    }
    float[] thin = new float[strength.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = at(y, x);
        int dx = stepAcross(across[i], down[i]);
        int dy = stepDown(across[i], down[i]);
        float before = strengthAt(strength, y - dy, x - dx);
        float after = strengthAt(strength, y + dy, x + dx);
        // Strict on one side only, so that of two equal neighbours exactly one stays.
        thin[i] = strength[i] > before && strength[i] >= after ? strength[i] : 0;
      }
    }
    return thin;
  }

  private static int stepAcross(float across, float down) {
    return Math.abs(down) > TAN_67_5 * Math.abs(across) ? 0 : 1;
  }

  private static int stepDown(float across, float down) {
    if (Math.abs(down) < TAN_22_5 * Math.abs(across)) {
      return 0;
    }
    return stepAcross(across, down) == 0 || across * down >= 0 ? 1 : -1;
  }

  private float strengthAt(float[] strength, int y, int x) {
    return y < 0 || x < 0 || y >= height || x >= width ? 0 : strength[y * width + x];
  }

  /** Marks strong pixels and all weaker ones that a chain of neighbours joins to them. */
  private float[] hysteresis(float[] thin) {
    float[] edges = new float[thin.length];
    int[] stack = new int[thin.length];
    int size = 0;
    for (int i = 0; i < thin.length; i++) {
      if (thin[i] > rules.high()) {
        edges[i] = 1;
        stack[size++] = i;
      }
    }
    while (size > 0) {
      int i = stack[--size];
      for (int y = i / width - 1; y <= i / width + 1; y++) {
        for (int x = i % width - 1; x <= i % width + 1; x++) {
          int neighbour = at(y, x);
          if (edges[neighbour] == 0 && thin[neighbour] > rules.low()) {
            edges[neighbour] = 1;
            stack[size++] = neighbour;
          }
        }
      }
    }
    return edges;
  }

  /** Returns the index of a pixel, of the nearest border pixel outside the picture. */
  private int at(int y, int x) {
    return Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x));
  }
}
