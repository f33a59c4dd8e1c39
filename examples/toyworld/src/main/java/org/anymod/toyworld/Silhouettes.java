package org.anymod.toyworld;

import org.anymod.toyworld.geometry.Ray;

/** How many pixels each object would cover if nothing stood in front of it. */
public final class Silhouettes {
  private final int[] pixels;

  private Silhouettes(int[] pixels) {
    this.pixels = pixels;
  }

  /**
   * Counts the pixels of all objects of a scene.
   *
   * @param scene the scene
   * @param size side of the picture in pixels
   * @return the counts
   */
  public static Silhouettes of(Scene scene, int size) {
    int[] pixels = new int[scene.objects().size()];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        Ray ray = scene.camera().ray((column + 0.5) / size, (row + 0.5) / size);
        for (int i = 0; i < pixels.length; i++) {
          double distance = scene.objects().get(i).solid().distance(ray);
          pixels[i] += distance < Double.POSITIVE_INFINITY ? 1 : 0;
        }
      }
    }
    return new Silhouettes(pixels);
  }

  /**
   * Returns the size of an object's silhouette.
   *
   * @param object place in {@link Scene#objects()}
   * @return pixels inside the picture
   */
  public int pixels(int object) {
    return pixels[object];
  }
}
