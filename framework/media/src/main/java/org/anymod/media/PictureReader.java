package org.anymod.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.anymod.spi.InvalidDataException;

/** Decodes PNG and JPEG bytes after a look at the size that their header promises. */
final class PictureReader {
  static final int MAX_SIDE = 1 << 14;
  static final int MAX_PIXELS = 1 << 26;

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};

  private PictureReader() {}

  static boolean isPng(byte[] bytes) {
    return startsWith(bytes, PNG);
  }

  /** Returns what the bytes are, in words. */
  static String format(byte[] bytes) {
    if (bytes.length == 0) {
      return "empty";
    }
    if (isPng(bytes)) {
      return "a PNG file";
    }
    return startsWith(bytes, JPEG) ? "a JPEG file" : "neither a PNG nor a JPEG file";
  }

  static BufferedImage read(byte[] bytes) throws InvalidDataException {
    String name = isPng(bytes) ? "png" : "jpeg";
    if (!isPng(bytes) && !startsWith(bytes, JPEG)) {
      throw new InvalidDataException("is " + format(bytes) + ", a picture must be PNG or JPEG");
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName(name).next();
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(stream, true, true);
      checkSize(reader.getWidth(0), reader.getHeight(0));
      BufferedImage image = reader.read(0);
      checkComplete(warnings);
      return image;
    } catch (IOException | RuntimeException e) {
      // The decoders of the JDK report damaged files by many kinds of unchecked exceptions.
      throw new InvalidDataException(
          "is a damaged or unsupported "
              + name.toUpperCase(Locale.ROOT)
              + " file: "
              + e.getMessage(),
          e);
    } finally {
      reader.dispose();
    }
  }

  private static void checkSize(int width, int height) throws InvalidDataException {
    if (width < 1
        || height < 1
        || width > MAX_SIDE
        || height > MAX_SIDE
        || (long) width * height > MAX_PIXELS) {
      throw new InvalidDataException(
          "the picture has "
              + width
              + " x "
              + height
              + " pixels, at most "
              + MAX_SIDE
              + " a side and "
              + MAX_PIXELS
              + " in all are allowed");
    }
  }

  /** A cut-off JPEG is filled with gray and only warned about. */
  private static void checkComplete(List<String> warnings) throws InvalidDataException {
    for (String warning : warnings) {
      if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
        throw new InvalidDataException("the file is cut off: " + warning);
      }
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= bytes.length || bytes[i] != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
