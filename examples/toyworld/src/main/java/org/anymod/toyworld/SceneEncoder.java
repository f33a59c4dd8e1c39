package org.anymod.toyworld;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes rendered scenes as files, one for each source:
 *
 * <ul>
 *   <li>{@code rgb}: 8-bit colour PNG;
 *   <li>{@code depth}: 16-bit gray PNG of {@link DepthScale} times 65535;
 *   <li>{@code semseg}: 8-bit gray PNG of places in {@link ToyClass#labels()};
 *   <li>{@code caption}: UTF-8 text without a line end.
 * </ul>
 */
public final class SceneEncoder {
  /** The sources in alphabetical order. */
  public static final List<String> SOURCES = List.of("caption", "depth", "rgb", "semseg");

  private SceneEncoder() {}

  /**
   * Returns the name that all files of a scene share.
   *
   * @param index the scene's place in its list
   * @return at least eight digits, so that names sort like indices
   */
  public static String name(long index) {
    return String.format(Locale.ROOT, "%08d", index);
  }

  /**
   * Encodes a scene.
   *
   * @param rendered the scene
   * @return one file for each of {@link #SOURCES}, in that order
   */
  public static List<SceneFile> encode(RenderedScene rendered) {
    String name = name(rendered.scene().index());
    byte[] caption = rendered.caption().getBytes(StandardCharsets.UTF_8);
    return List.of(
        new SceneFile("caption", name + ".txt", caption),
        new SceneFile("depth", name + ".png", png(depthImage(rendered))),
        new SceneFile("rgb", name + ".png", png(colorImage(rendered))),
        new SceneFile("semseg", name + ".png", png(classImage(rendered))));
  }

  private static BufferedImage colorImage(RenderedScene rendered) {
    return image(rendered.size(), BufferedImage.TYPE_3BYTE_BGR, rendered.rgb());
  }

  private static BufferedImage classImage(RenderedScene rendered) {
    return image(rendered.size(), BufferedImage.TYPE_BYTE_GRAY, rendered.classes());
  }

  private static BufferedImage depthImage(RenderedScene rendered) {
    short[] values = new short[rendered.size() * rendered.size()];
    for (int pixel = 0; pixel < values.length; pixel++) {
      values[pixel] = DepthScale.toUnsignedShort(rendered.hits().depth(pixel));
    }
    return image(rendered.size(), BufferedImage.TYPE_USHORT_GRAY, values);
  }

  /**
   * Sets raw samples: {@link BufferedImage#setRGB} would convert gray values between colour spaces.
   */
  private static BufferedImage image(int size, int type, Object samples) {
    BufferedImage image = new BufferedImage(size, size, type);
    image.getRaster().setDataElements(0, 0, size, size, samples);
    return image;
  }

  private static byte[] png(BufferedImage image) {
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
