package org.anymod.toyworld;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Square pictures as PNG files; samples are stored as they are. */
public final class PngFile {
  private PngFile() {}

  /**
   * Encodes a colour picture.
   *
   * @param size side in pixels
   * @param rgb 8-bit values, {@code (size, size, 3)}
   * @return the whole file
   */
  public static byte[] color(int size, byte[] rgb) {
    return png(size, BufferedImage.TYPE_3BYTE_BGR, rgb);
  }

  /**
   * Encodes a gray picture of 8 bits.
   *
   * @param size side in pixels
   * @param values {@code (size, size)}
   * @return the whole file
   */
  public static byte[] gray(int size, byte[] values) {
    return png(size, BufferedImage.TYPE_BYTE_GRAY, values);
  }

  /** Encodes a gray picture of 16 bits. */
  static byte[] gray16(int size, short[] values) {
    return png(size, BufferedImage.TYPE_USHORT_GRAY, values);
  }

  /**
   * Sets raw samples: {@link BufferedImage#setRGB} would convert gray values between colour spaces.
   */
  private static byte[] png(int size, int type, Object samples) {
    BufferedImage image = new BufferedImage(size, size, type);
    image.getRaster().setDataElements(0, 0, size, size, samples);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("this Java platform cannot write PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
