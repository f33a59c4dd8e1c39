package org.anymod.media;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;

/**
 * Picture files as rasters: PNG and JPEG bytes in, values in [0, 1] out, and back.
 *
 * <p>Samples are taken as they are stored: no gamma, colour profile or orientation is applied,
 * 8-bit samples become {@code v / 255}, 16-bit ones {@code v / 65535}. Alpha is dropped.
 */
public final class Pictures {
  private static final int RGB = 3;

  private Pictures() {}

  /**
   * Decodes a picture with three channels; a gray one is replicated, a palette is expanded.
   *
   * @param bytes a PNG or JPEG file
   * @return raster of shape (3, height, width), red, green, blue, values in [0, 1]
   * @throws InvalidDataException if the bytes are no such file or the picture is too large
   */
  public static Value.Raster decodeColor(byte[] bytes) throws InvalidDataException {
    BufferedImage image = PictureReader.read(bytes);
    Value.Raster raster = channels(image);
    if (raster.channels() == RGB) {
      return raster;
    }
    int plane = raster.height() * raster.width();
    float[] data = new float[RGB * plane];
    for (int c = 0; c < RGB; c++) {
      System.arraycopy(raster.data(), 0, data, c * plane, plane);
    }
    return new Value.Raster(RGB, raster.height(), raster.width(), data);
  }

  /**
   * Decodes a picture with one channel. A colour picture is accepted where all its pixels are gray.
   *
   * @param bytes a PNG or JPEG file
   * @return raster of shape (1, height, width), values in [0, 1]
   * @throws InvalidDataException if the bytes are no such file, the picture is too large or has
   *     coloured pixels
   */
  public static Value.Raster decodeGray(byte[] bytes) throws InvalidDataException {
    Value.Raster raster = channels(PictureReader.read(bytes));
    int plane = raster.height() * raster.width();
    if (raster.channels() == 1) {
      return raster;
    }
    float[] data = new float[plane];
    for (int i = 0; i < plane; i++) {
      float value = raster.data()[i];
      if (raster.data()[plane + i] != value || raster.data()[2 * plane + i] != value) {
        throw new InvalidDataException(
            "the picture has colours (first at row "
                + i / raster.width()
                + ", column "
                + i % raster.width()
                + "), must be gray with a single channel");
      }
      data[i] = value;
    }
    return new Value.Raster(1, raster.height(), raster.width(), data);
  }

  /**
   * Decodes a class map: the gray value or the palette index of a pixel is its class number.
   *
   * @param bytes a PNG file with a single channel of at most 8 bits
   * @return class numbers, 0 to 255
   * @throws InvalidDataException if the bytes are no such file or the picture is too large
   */
  public static Value.ClassMap decodeClassMap(byte[] bytes) throws InvalidDataException {
    if (!PictureReader.isPng(bytes)) {
      throw new InvalidDataException(
          "is " + PictureReader.format(bytes) + ", a class map must be a PNG file");
    }
    BufferedImage image = PictureReader.read(bytes);
    int bands = image.getRaster().getNumBands();
    int bits = image.getSampleModel().getSampleSize(0);
    if (bands != 1 || bits > Byte.SIZE) {
      throw new InvalidDataException(
          "the PNG has "
              + bands
              + " channels of "
              + bits
              + " bits, a class map must have a single channel of at most 8"
              + " bits whose gray value or palette index is the class number");
    }
    int height = image.getHeight();
    int width = image.getWidth();
    return new Value.ClassMap(
        height, width, image.getRaster().getSamples(0, 0, width, height, 0, (int[]) null));
  }

  /**
   * Encodes a raster as PNG.
   *
   * @param raster one or three channels, values in [0, 1]; what lies outside is clipped
   * @param bits 8 or 16 bits for each sample
   * @return a PNG file
   * @throws IllegalArgumentException if there are other than one or three channels or other than 8
   *     or 16 bits
   */
  public static byte[] encodePng(Value.Raster raster, int bits) {
    if (bits != Byte.SIZE && bits != Short.SIZE) {
      throw new IllegalArgumentException("bits is " + bits + ", must be 8 or 16");
    }
    return PictureWriter.png(PictureWriter.image(raster, bits));
  }

  /**
   * Encodes a class map as PNG with one gray channel of 8 bits.
   *
   * @param map class numbers 0 to 255
   * @return a PNG file
   * @throws IllegalArgumentException if a class number is outside that range
   */
  public static byte[] encodePng(Value.ClassMap map) {
    for (int i = 0; i < map.data().length; i++) {
      if (map.data()[i] < 0 || map.data()[i] > 255) {
        throw new IllegalArgumentException(
            "class "
                + map.data()[i]
                + " at row "
                + i / map.width()
                + ", column "
                + i % map.width()
                + " is outside 0 to 255");
      }
    }
    BufferedImage image =
        new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, map.width(), map.height(), 0, map.data());
    return PictureWriter.png(image);
  }

  /**
   * Encodes a rendered picture as PNG.
   *
   * @param image any picture
   * @return a PNG file
   */
  public static byte[] encodePng(BufferedImage image) {
    return PictureWriter.png(image);
  }

  /**
   * Encodes a raster as JPEG.
   *
   * @param raster one or three channels, values in [0, 1]; what lies outside is clipped
   * @param quality 0 (smallest) to 1 (best)
   * @return a JPEG file
   * @throws IllegalArgumentException if there are other than one or three channels or the quality
   *     is outside its range
   */
  public static byte[] encodeJpeg(Value.Raster raster, float quality) {
    if (!(quality >= 0 && quality <= 1)) {
      throw new IllegalArgumentException("quality is " + quality + ", must be in [0, 1]");
    }
    return PictureWriter.jpeg(PictureWriter.image(raster, Byte.SIZE), quality);
  }

  /** Returns one channel for gray pictures, three for all others. */
  private static Value.Raster channels(BufferedImage image) {
    if (image.getColorModel() instanceof IndexColorModel palette) {
      return expand(image, palette);
    }
    int channels = image.getColorModel().getNumColorComponents() == 1 ? 1 : RGB;
    int height = image.getHeight();
    int width = image.getWidth();
    float scale = (1 << image.getSampleModel().getSampleSize(0)) - 1;
    WritableRaster samples = image.getRaster();
    float[] data = new float[channels * height * width];
    int[] row = new int[width];
    int at = 0;
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        samples.getSamples(0, y, width, 1, c, row);
        for (int x = 0; x < width; x++) {
          data[at++] = row[x] / scale;
        }
      }
    }
    return new Value.Raster(channels, height, width, data);
  }

  private static Value.Raster expand(BufferedImage image, IndexColorModel palette) {
    int height = image.getHeight();
    int width = image.getWidth();
    int plane = height * width;
    int[] indices = image.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
    float[] data = new float[RGB * plane];
    for (int i = 0; i < plane; i++) {
      data[i] = palette.getRed(indices[i]) / 255f;
      data[plane + i] = palette.getGreen(indices[i]) / 255f;
      data[2 * plane + i] = palette.getBlue(indices[i]) / 255f;
    }
    return new Value.Raster(RGB, height, width, data);
  }
}
