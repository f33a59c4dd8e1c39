package org.anymod.toyworld;

import java.util.ArrayList;
import java.util.List;

/**
 * How an object appears in a picture.
 *
 * @param object place in {@link Scene#objects()}
 * @param pixels number of pixels that show it
 * @param u mean place of these pixels from left (0) to right (1); NaN if there are none
 * @param v mean place of these pixels from top (0) to bottom (1); NaN if there are none
 * @param depth mean depth of these pixels in metres; NaN if there are none
 */
public record ObjectView(int object, int pixels, double u, double v, double depth) {

  /**
   * Measures all objects of a scene.
   *
   * @param scene the scene
   * @param hits what its pixels show
   * @return one view for each object, in the order of the scene
   */
  public static List<ObjectView> of(Scene scene, HitBuffer hits) {
    int count = scene.objects().size();
    int[] pixels = new int[count];
    double[] columns = new double[count];
    double[] rows = new double[count];
    double[] depths = new double[count];
    int size = hits.size();
    for (int pixel = 0; pixel < size * size; pixel++) {
      int object = hits.object(pixel);
      if (object != HitBuffer.NO_OBJECT) {
        pixels[object]++;
        columns[object] += pixel % size + 0.5;
        rows[object] += pixel / size + 0.5;
        depths[object] += hits.depth(pixel);
      }
    }
    List<ObjectView> views = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double n = pixels[i];
      views.add(
          new ObjectView(i, pixels[i], columns[i] / n / size, rows[i] / n / size, depths[i] / n));
    }
    return List.copyOf(views);
  }
}
