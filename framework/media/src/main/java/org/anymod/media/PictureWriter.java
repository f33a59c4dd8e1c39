package org.anymod.media;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.anymod.spi.Value;

/** Encodes pictures in memory. */
final class PictureWriter {
  private PictureWriter() {}

  static BufferedImage image(Value.Raster raster, int bits) {
    int channels = raster.channels();
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "the raster has " + channels + " channels, must have 1 or 3");
    }
    int height = raster.height();
    int width = raster.width();
    BufferedImage image = blank(channels, height, width, bits);
    float scale = (1 << bits) - 1;
    int[] row = new int[width];
    int at = 0;
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          row[x] = (int) Math.rint(Math.min(1, Math.max(0, raster.data()[at++])) * scale);
        }
        image.getRaster().setSamples(0, y, width, 1, c, row);
      }
    }
    return image;
  }

  static byte[] png(BufferedImage image) {
    return write(image, "png", -1);
  }

  static byte[] jpeg(BufferedImage image, float quality) {
    return write(image, "jpeg", quality);
  }

  private static BufferedImage blank(int channels, int height, int width, int bits) {
    if (channels == 1) {
      int type = bits == Short.SIZE ? BufferedImage.TYPE_USHORT_GRAY : BufferedImage.TYPE_BYTE_GRAY;
      return new BufferedImage(width, height, type);
    }
    if (bits == Byte.SIZE) {
      return new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    }
    WritableRaster samples =
        Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, width, height, channels, null);
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            ComponentColorModel.OPAQUE,
            DataBuffer.TYPE_USHORT);
    return new BufferedImage(model, samples, false, null);
  }

  private static byte[] write(BufferedImage image, String format, float quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(stream);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (quality >= 0) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality);
      }
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
