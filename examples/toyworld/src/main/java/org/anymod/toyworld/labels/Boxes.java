package org.anymod.toyworld.labels;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.media.Json;
import org.anymod.toyworld.HitBuffer;
import org.anymod.toyworld.RenderedScene;
import org.anymod.toyworld.Silhouettes;

/**
 * The smallest boxes around what is visible of each object. The score is 1 for objects of which all
 * is visible and falls to 0.5 for those of which nearly all is hidden.
 */
public final class Boxes {
  private static final double LEAST_SCORE = 0.5;
  private static final double STEPS = 1000;

  private Boxes() {}

  /**
   * One box.
   *
   * @param object place in the scene's list
   * @param label the object's class
   * @param left from 0 to 1
   * @param top from 0 to 1
   * @param right from 0 to 1
   * @param bottom from 0 to 1
   * @param score 0.5 to 1
   */
  public record ObjectBox(
      int object,
      String label,
      double left,
      double top,
      double right,
      double bottom,
      double score) {}

  /**
   * Measures a scene.
   *
   * @param rendered the scene
   * @return boxes in the order of the scene, without objects of which no pixel is visible
   */
  public static List<ObjectBox> of(RenderedScene rendered) {
    int size = rendered.size();
    int count = rendered.scene().objects().size();
    Silhouettes alone = Silhouettes.of(rendered.scene(), size);
    List<ObjectBox> boxes = new ArrayList<>();
    for (int object = 0; object < count; object++) {
      Extent extent = Extent.of(rendered.hits(), object);
      if (extent.pixels > 0) {
        double seen = extent.pixels / (double) alone.pixels(object);
        double score = LEAST_SCORE + (1 - LEAST_SCORE) * Math.min(1, seen);
        boxes.add(
            new ObjectBox(
                object,
                rendered.scene().objects().get(object).kind().label(),
                extent.left / (double) size,
                extent.top / (double) size,
                (extent.right + 1.0) / size,
                (extent.bottom + 1.0) / size,
                Math.rint(score * STEPS) / STEPS));
      }
    }
    return boxes;
  }

  /**
   * Encodes boxes as {@code {"instances": [{"boxes": [...], "class_name", "score"}]}}.
   *
   * @param rendered the scene
   * @return a JSON file
   */
  public static byte[] encode(RenderedScene rendered) {
    List<Object> instances = new ArrayList<>();
    for (ObjectBox box : of(rendered)) {
      Map<String, Object> instance = new LinkedHashMap<>();
      instance.put("boxes", List.of(box.left, box.top, box.right, box.bottom));
      instance.put("class_name", box.label);
      instance.put("score", box.score);
      instances.add(instance);
    }
    return Json.write(Map.of("instances", instances));
  }

  private static final class Extent {
    private int left = Integer.MAX_VALUE;
    private int top = Integer.MAX_VALUE;
    private int right = -1;
    private int bottom = -1;
    private int pixels;

    static Extent of(HitBuffer hits, int object) {
      Extent extent = new Extent();
      int size = hits.size();
      for (int pixel = 0; pixel < size * size; pixel++) {
        if (hits.object(pixel) == object) {
          extent.add(pixel % size, pixel / size);
        }
      }
      return extent;
    }

    private void add(int column, int row) {
      left = Math.min(left, column);
      top = Math.min(top, row);
      right = Math.max(right, column);
      bottom = Math.max(bottom, row);
      pixels++;
    }
  }
}
