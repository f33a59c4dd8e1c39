package org.anymod.media;

import java.awt.image.BufferedImage;
import org.anymod.spi.Value;

/**
 * Shows a vector as bars: one for each number, up and red above zero, down and blue below, as long
 * as the largest number of the vector reaches the edge.
 */
public final class VectorPicture {
  private static final int HEIGHT = 64;
  private static final int MAX_BARS = 256;
  private static final int PAPER = 0xFFFFFF;
  private static final int AXIS = 0xC0C0C0;
  private static final int UP = 0xC8452F;
  private static final int DOWN = 0x2F6DC8;

  private VectorPicture() {}

  /**
   * Paints the first vector of a list.
   *
   * @param vectors at least one vector; one with more than 256 numbers is shown by the number
   *     farthest from zero of each of 256 even parts
   * @return a picture 64 pixels high and 64 to 256 pixels wide
   */
  public static BufferedImage of(Value.Vectors vectors) {
    if (vectors.count() == 0) {
      throw new IllegalArgumentException("there are no vectors, at least one is needed");
    }
    float[] bars = bars(vectors);
    float longest = 0;
    for (float bar : bars) {
      longest = Math.max(longest, Math.abs(bar));
    }
    int thick = Math.max(1, HEIGHT / bars.length);
    BufferedImage image =
        new BufferedImage(bars.length * thick, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < image.getWidth(); x++) {
      float bar = longest == 0 ? 0 : bars[x / thick] / longest;
      int end = HEIGHT / 2 - Math.round(bar * (HEIGHT / 2 - 1));
      for (int y = 0; y < HEIGHT; y++) {
        boolean filled = y >= Math.min(end, HEIGHT / 2) && y < Math.max(end, HEIGHT / 2);
        int paper = y == HEIGHT / 2 ? AXIS : PAPER;
        image.setRGB(x, y, filled ? (bar > 0 ? UP : DOWN) : paper);
      }
    }
    return image;
  }

  private static float[] bars(Value.Vectors vectors) {
    int dim = vectors.dim();
    float[] bars = new float[Math.min(dim, MAX_BARS)];
    for (int i = 0; i < dim; i++) {
      int bar = (int) ((long) i * bars.length / dim);
      float x = vectors.data()[i];
      bars[bar] = Math.abs(x) > Math.abs(bars[bar]) ? x : bars[bar];
    }
    return bars;
  }
}
