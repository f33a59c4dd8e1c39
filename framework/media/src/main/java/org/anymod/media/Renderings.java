package org.anymod.media;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.anymod.spi.Value;

/** Pictures of values for people, all of type {@code TYPE_INT_RGB}. */
public final class Renderings {
  private static final int MARGIN = 6;
  private static final int SWATCH = 12;
  private static final int WHITE = 0xFFFFFF;
  private static final int INK = 0x202020;
  private static final int MAX_LINES = 200;

  private Renderings() {}

  /**
   * Shows a raster as it is.
   *
   * @param raster one or three channels, values in [0, 1]; what lies outside is clipped
   * @return a picture of the same size
   * @throws IllegalArgumentException if there are other than one or three channels
   */
  public static BufferedImage picture(Value.Raster raster) {
    int plane = raster.height() * raster.width();
    if (raster.channels() != 1 && raster.channels() != 3) {
      throw new IllegalArgumentException(
          "the raster has " + raster.channels() + " channels, must have 1 or 3");
    }
    float[] data = raster.data();
    int green = raster.channels() == 1 ? 0 : plane;
    return paint(
        raster.height(),
        raster.width(),
        i -> level(data[i]) << 16 | level(data[green + i]) << 8 | level(data[2 * green + i]));
  }

  /**
   * Shows the first channel of a raster in the colours of the turbo map, stretched from its
   * smallest to its largest value.
   *
   * @param raster any raster
   * @return a picture of the same size
   */
  public static BufferedImage heat(Value.Raster raster) {
    int plane = raster.height() * raster.width();
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < plane; i++) {
      min = Math.min(min, raster.data()[i]);
      max = Math.max(max, raster.data()[i]);
    }
    float low = min;
    float range = max > min ? max - min : 1;
    return paint(
        raster.height(), raster.width(), i -> ColorMaps.turbo((raster.data()[i] - low) / range));
  }

  /**
   * Shows a class map, a colour for each class.
   *
   * @param map any class map
   * @return a picture of the same size
   */
  public static BufferedImage classes(Value.ClassMap map) {
    return paint(map.height(), map.width(), i -> ColorMaps.classColor(map.data()[i]));
  }

  /**
   * Shows which colour stands for which class.
   *
   * @param labels name of each class
   * @return a column of coloured squares with their labels
   */
  public static BufferedImage legend(List<String> labels) {
    int longest = labels.stream().mapToInt(String::length).max().orElse(0);
    int row = SWATCH + MARGIN;
    BufferedImage image =
        blank(labels.size() * row + MARGIN, 3 * MARGIN + SWATCH + longest * PixelFont.ADVANCE);
    for (int c = 0; c < labels.size(); c++) {
      for (int y = 0; y < SWATCH; y++) {
        for (int x = 0; x < SWATCH; x++) {
          image.setRGB(MARGIN + x, MARGIN + c * row + y, ColorMaps.classColor(c));
        }
      }
      PixelFont.draw(image, labels.get(c), 2 * MARGIN + SWATCH, MARGIN + c * row + 2, 1, INK);
    }
    return image;
  }

  /**
   * Shows a text on a white card, wrapped at blanks.
   *
   * @param text any text; after 200 lines it is cut off
   * @param width width of the card in pixels, at least 24
   * @return a card as high as the text needs
   */
  public static BufferedImage card(String text, int width) {
    if (width < 4 * MARGIN) {
      throw new IllegalArgumentException("width is " + width + ", must be at least " + 4 * MARGIN);
    }
    int columns = (width - 2 * MARGIN) / PixelFont.ADVANCE;
    String start = text.substring(0, Math.min(text.length(), MAX_LINES * (columns + 1)));
    List<String> lines = wrap(start, columns);
    BufferedImage image = blank(2 * MARGIN + lines.size() * PixelFont.LINE, width);
    for (int i = 0; i < lines.size(); i++) {
      PixelFont.draw(image, lines.get(i), MARGIN, MARGIN + i * PixelFont.LINE, 1, INK);
    }
    return image;
  }

  /**
   * Shows colours as vertical stripes.
   *
   * @param colors the colours as {@code 0xRRGGBB}; none gives one white stripe
   * @param stripe width of a stripe in pixels, at least 1
   * @return a square picture
   */
  public static BufferedImage stripes(List<Integer> colors, int stripe) {
    int side = stripe * Math.max(1, colors.size());
    return paint(side, side, i -> colors.isEmpty() ? WHITE : colors.get(i % side / stripe));
  }

  private static List<String> wrap(String text, int columns) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\\R", -1)) {
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.split(" ")) {
        String rest = word;
        if (line.length() > 0 && line.length() + 1 + rest.length() > columns) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.length() > 0 ? " " : "");
        for (; rest.length() > columns; rest = rest.substring(columns)) {
          lines.add(rest.substring(0, columns));
        }
        line.append(rest);
      }
      lines.add(line.toString());
      if (lines.size() > MAX_LINES) {
        return lines.subList(0, MAX_LINES);
      }
    }
    return lines;
  }

  private static int level(float value) {
    return (int) Math.rint(255 * Math.min(1, Math.max(0, value)));
  }

  private static BufferedImage blank(int height, int width) {
    return paint(height, width, i -> WHITE);
  }

  private static BufferedImage paint(int height, int width, IntUnaryOperator color) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, color.applyAsInt(y * width + x));
      }
    }
    return image;
  }
}
