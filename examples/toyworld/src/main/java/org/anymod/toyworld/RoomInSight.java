package org.anymod.toyworld;

import org.anymod.toyworld.geometry.Ray;
import org.anymod.toyworld.geometry.Solid;

/** Judges whether one more solid would be seen, and would leave the others to be seen. */
final class RoomInSight {
  private final Ray[] rays;
  private final double[] distances;
  private final int[] objects;
  private final int[] visible;

  /** Traces the scene as it is. */
  RoomInSight(Scene scene) {
    int size = ToyWorld.JUDGED_SIZE;
    HitBuffer hits = HitBuffer.trace(scene, size);
    rays = new Ray[size * size];
    distances = new double[size * size];
    objects = new int[size * size];
    visible = new int[scene.objects().size()];
    for (int pixel = 0; pixel < rays.length; pixel++) {
      rays[pixel] = scene.camera().ray((pixel % size + 0.5) / size, (pixel / size + 0.5) / size);
      distances[pixel] = hits.distance(pixel);
      objects[pixel] = hits.object(pixel);
      if (objects[pixel] != HitBuffer.NO_OBJECT) {
        visible[objects[pixel]]++;
      }
    }
  }

  /**
   * Returns whether a solid covers enough pixels, at least a given share of its silhouette is
   * visible, and all others keep enough pixels.
   */
  boolean allows(Solid solid, double leastShare) {
    int[] left = visible.clone();
    int alone = 0;
    int seen = 0;
    for (int pixel = 0; pixel < rays.length; pixel++) {
      double distance = solid.distance(rays[pixel]);
      if (distance < Double.POSITIVE_INFINITY) {
        alone++;
        if (distance < distances[pixel]) {
          seen++;
          if (objects[pixel] != HitBuffer.NO_OBJECT) {
            left[objects[pixel]]--;
          }
        }
      }
    }
    return seen >= SceneComposer.FEWEST_PIXELS && seen >= leastShare * alone && allSeen(left);
  }

  private static boolean allSeen(int[] pixels) {
    for (int count : pixels) {
      if (count < SceneComposer.FEWEST_PIXELS) {
        return false;
      }
    }
    return true;
  }
}
