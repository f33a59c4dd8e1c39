package org.anymod.toyworld.labels;

import org.anymod.toyworld.HitBuffer;
import org.anymod.toyworld.PngFile;
import org.anymod.toyworld.RenderedScene;
import org.anymod.toyworld.geometry.Camera;
import org.anymod.toyworld.geometry.Vec3;

/**
 * Surface normals in the frame of the camera: x to the right, y down, z away from the viewer, so
 * that surfaces that face the viewer have negative z and floors negative y. The signs are those of
 * the published mean (0.501, 0.405, 0.137). The sky has no surface: its vector is zero, middle gray
 * in the file.
 */
public final class NormalMap {
  private NormalMap() {}

  /**
   * Returns the normal that a pixel shows.
   *
   * @param rendered the scene
   * @param pixel row-major place
   * @return a unit vector in the frame of the camera; zero for the sky
   */
  public static Vec3 at(RenderedScene rendered, int pixel) {
    HitBuffer hits = rendered.hits();
    Camera camera = rendered.scene().camera();
    Vec3 normal = hits.normal(pixel);
    return new Vec3(
        normal.dot(camera.right()), -normal.dot(camera.up()), normal.dot(camera.forward()));
  }

  /**
   * Encodes components from -1 to 1 as levels from 0 to 255.
   *
   * @param rendered the scene
   * @return a colour PNG
   */
  public static byte[] encode(RenderedScene rendered) {
    int size = rendered.size();
    byte[] levels = new byte[size * size * 3];
    for (int pixel = 0; pixel < size * size; pixel++) {
      Vec3 normal = at(rendered, pixel);
      levels[pixel * 3] = level(normal.x());
      levels[pixel * 3 + 1] = level(normal.y());
      levels[pixel * 3 + 2] = level(normal.z());
    }
    return PngFile.color(size, levels);
  }

  private static byte level(double component) {
    return (byte) (int) Math.rint(Math.max(0, Math.min(1, (component + 1) / 2)) * 255);
  }
}
