package org.anymod.media;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;

/** A picture to draw lines, boxes and labels on; what does not fit is cut off. */
public final class Canvas {
  /** Columns that a letter takes at scale 1. */
  public static final int LETTER_WIDTH = PixelFont.ADVANCE;

  /** Rows that a line of text takes at scale 1. */
  public static final int LINE_HEIGHT = PixelFont.LINE;

  private static final int WHITE = 0xFFFFFF;
  private static final int INK = 0x202020;

  private final BufferedImage image;
  private final int[] pixels;

  private Canvas(int height, int width) {
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }

  /**
   * Starts with a white picture.
   *
   * @param height rows
   * @param width columns
   * @return the canvas
   */
  public static Canvas white(int height, int width) {
    Canvas canvas = new Canvas(height, width);
    canvas.fill(0, 0, width, height, WHITE);
    return canvas;
  }

  /**
   * Draws over a copy of a picture.
   *
   * @param picture any picture
   * @return the canvas, of the same size
   */
  public static Canvas over(BufferedImage picture) {
    int width = picture.getWidth();
    Canvas canvas = new Canvas(picture.getHeight(), width);
    picture.getRGB(0, 0, width, picture.getHeight(), canvas.pixels, 0, width);
    return canvas;
  }

  /**
   * Returns what is drawn.
   *
   * @return the picture, of type {@code TYPE_INT_RGB}
   */
  public BufferedImage image() {
    return image;
  }

  /**
   * Colours one pixel.
   *
   * @param x column; outside the picture nothing happens
   * @param y row
   * @param color colour as {@code 0xRRGGBB}
   */
  public void dot(int x, int y, int color) {
    if (x >= 0 && y >= 0 && x < image.getWidth() && y < image.getHeight()) {
      pixels[y * image.getWidth() + x] = color;
    }
  }

  /**
   * Draws a straight line.
   *
   * @param from one end
   * @param to the other end
   * @param thickness width in pixels, at least 1
   * @param color colour as {@code 0xRRGGBB}
   */
  public void line(Point from, Point to, int thickness, int color) {
    double length = Math.max(Math.abs(to.x() - from.x()), Math.abs(to.y() - from.y()));
    if (!(length <= 16.0 * (image.getWidth() + image.getHeight()))) {
      // Farther than any picture needs; also what is no number.
      return;
    }
    int steps = (int) Math.ceil(length) + 1;
    int before = (thickness - 1) / 2;
    for (int i = 0; i <= steps; i++) {
      double part = (double) i / steps;
      int x = (int) Math.floor(from.x() + part * (to.x() - from.x())) - before;
      int y = (int) Math.floor(from.y() + part * (to.y() - from.y())) - before;
      fill(x, y, x + thickness, y + thickness, color);
    }
  }

  /**
   * Draws the sides of a box just inside it.
   *
   * @param box the box in pixels
   * @param color colour as {@code 0xRRGGBB}
   */
  public void outline(Box box, int color) {
    Box inside = box.within(Math.max(image.getWidth(), image.getHeight()));
    int left = (int) Math.rint(inside.left());
    int top = (int) Math.rint(inside.top());
    int right = Math.max(left + 1, (int) Math.rint(inside.right()));
    int bottom = Math.max(top + 1, (int) Math.rint(inside.bottom()));
    fill(left, top, right, top + 1, color);
    fill(left, bottom - 1, right, bottom, color);
    fill(left, top, left + 1, bottom, color);
    fill(right - 1, top, right, bottom, color);
  }

  /**
   * Writes a word on a coloured field, moved as far as needed to be inside the picture.
   *
   * @param text one line
   * @param x left edge of the field
   * @param y upper edge of the field
   * @param color colour of the field as {@code 0xRRGGBB}
   */
  public void label(String text, int x, int y, int color) {
    int width = text.length() * PixelFont.ADVANCE + 1;
    int left = Math.max(0, Math.min(x, image.getWidth() - width));
    int top = Math.max(0, Math.min(y, image.getHeight() - PixelFont.LINE));
    fill(left, top, left + width, top + PixelFont.LINE, color);
    PixelFont.draw(image, text, left + 1, top + 1, 1, isDark(color) ? WHITE : INK);
  }

  /**
   * Colours a field.
   *
   * @param left first column
   * @param top first row
   * @param right column behind the last
   * @param bottom row behind the last
   * @param color colour as {@code 0xRRGGBB}
   */
  public void field(int left, int top, int right, int bottom, int color) {
    fill(left, top, right, bottom, color);
  }

  /**
   * Writes one line.
   *
   * @param text the line
   * @param x left edge
   * @param y upper edge
   * @param scale side of a dot of the font in pixels
   * @param color colour as {@code 0xRRGGBB}
   */
  public void write(String text, int x, int y, int scale, int color) {
    PixelFont.draw(image, text, x, y, scale, color);
  }

  /**
   * Writes one line from the bottom to the top.
   *
   * @param text the line
   * @param x left edge
   * @param y lower edge, where the text begins
   * @param scale side of a dot of the font in pixels
   * @param color colour as {@code 0xRRGGBB}
   */
  public void writeUpwards(String text, int x, int y, int scale, int color) {
    Canvas level = white(LINE_HEIGHT * scale, Math.max(1, LETTER_WIDTH * scale * text.length()));
    level.write(text, 0, 0, scale, 0);
    int width = level.image.getWidth();
    for (int at = 0; at < level.pixels.length; at++) {
      if ((level.pixels[at] & WHITE) == 0) {
        dot(x + at / width, y - at % width, color);
      }
    }
  }

  private static boolean isDark(int color) {
    return 3 * (color >> 16 & 255) + 6 * (color >> 8 & 255) + (color & 255) < 10 * 128;
  }

  private void fill(int left, int top, int right, int bottom, int color) {
    int first = Math.max(0, left);
    int end = Math.min(right, image.getWidth());
    for (int y = Math.max(0, top); y < Math.min(bottom, image.getHeight()) && first < end; y++) {
      int row = y * image.getWidth();
      Arrays.fill(pixels, row + first, row + end, color);
    }
  }
}
