package org.anymod.toyworld;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

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
    return List.of(
        new SceneFile("caption", name + ".txt", caption(rendered)),
        new SceneFile("depth", name + ".png", depth(rendered)),
        new SceneFile("rgb", name + ".png", color(rendered)),
        new SceneFile("semseg", name + ".png", classes(rendered)));
  }

  /**
   * Encodes the caption.
   *
   * @param rendered the scene
   * @return the text
   */
  public static byte[] caption(RenderedScene rendered) {
    return rendered.caption().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Encodes the picture.
   *
   * @param rendered the scene
   * @return a PNG
   */
  public static byte[] color(RenderedScene rendered) {
    return PngFile.color(rendered.size(), rendered.rgb());
  }

  /**
   * Encodes the class map.
   *
   * @param rendered the scene
   * @return a PNG
   */
  public static byte[] classes(RenderedScene rendered) {
    return PngFile.gray(rendered.size(), rendered.classes());
  }

  /**
   * Encodes the depth map.
   *
   * @param rendered the scene
   * @return a PNG
   */
  public static byte[] depth(RenderedScene rendered) {
    short[] values = new short[rendered.size() * rendered.size()];
    for (int pixel = 0; pixel < values.length; pixel++) {
      values[pixel] = DepthScale.toUnsignedShort(rendered.hits().depth(pixel));
    }
    return PngFile.gray16(rendered.size(), values);
  }
}
