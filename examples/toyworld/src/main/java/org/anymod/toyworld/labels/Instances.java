package org.anymod.toyworld.labels;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.media.Json;
import org.anymod.media.Polygon;
import org.anymod.toyworld.HitBuffer;
import org.anymod.toyworld.PngFile;
import org.anymod.toyworld.RenderedScene;

/** The visible parts of all solids and people of a scene. */
public final class Instances {
  private static final byte EDGE = (byte) 255;

  private Instances() {}

  /**
   * Returns the outlines of what is visible of each object.
   *
   * @param rendered the scene
   * @return polygons in pixels of the picture, in the order of the scene, without objects of which
   *     no pixel is visible
   */
  public static List<Polygon> outlines(RenderedScene rendered) {
    HitBuffer hits = rendered.hits();
    int[] pixels = pixels(rendered);
    List<Polygon> outlines = new ArrayList<>();
    for (int i = 0; i < pixels.length; i++) {
      int object = i;
      if (pixels[i] > 0) {
        outlines.add(Outline.of(rendered.size(), pixel -> hits.object(pixel) == object));
      }
    }
    return outlines;
  }

  private static int[] pixels(RenderedScene rendered) {
    int[] pixels = new int[rendered.scene().objects().size()];
    for (int pixel = 0; pixel < rendered.size() * rendered.size(); pixel++) {
      int object = rendered.hits().object(pixel);
      if (object != HitBuffer.NO_OBJECT) {
        pixels[object]++;
      }
    }
    return pixels;
  }

  /**
   * Encodes the outlines as {@code {"width", "height", "instances": [{"polygon": [[x, y]...]}]}}.
   *
   * @param rendered the scene
   * @return a JSON file
   */
  public static byte[] encode(RenderedScene rendered) {
    List<Object> instances = new ArrayList<>();
    for (Polygon outline : outlines(rendered)) {
      List<Object> corners = new ArrayList<>();
      outline.points().forEach(p -> corners.add(List.of((long) p.x(), (long) p.y())));
      instances.add(Map.of("polygon", corners));
    }
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("width", rendered.size());
    file.put("height", rendered.size());
    file.put("instances", instances);
    return Json.write(file);
  }

  /**
   * Encodes the pixels whose right or lower neighbour shows another object.
   *
   * @param rendered the scene
   * @return a gray PNG, 255 on edges and 0 elsewhere
   */
  public static byte[] encodeEdges(RenderedScene rendered) {
    int size = rendered.size();
    HitBuffer hits = rendered.hits();
    byte[] edges = new byte[size * size];
    for (int pixel = 0; pixel < edges.length; pixel++) {
      int object = hits.object(pixel);
      boolean right = pixel % size < size - 1 && hits.object(pixel + 1) != object;
      boolean below = pixel / size < size - 1 && hits.object(pixel + size) != object;
      edges[pixel] = right || below ? EDGE : 0;
    }
    return PngFile.gray(size, edges);
  }
}
