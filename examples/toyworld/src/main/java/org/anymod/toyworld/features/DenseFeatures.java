package org.anymod.toyworld.features;

import java.util.function.Function;
import org.anymod.media.Npy;
import org.anymod.media.NpyArray;
import org.anymod.toyworld.RenderedScene;

/**
 * Stand-ins for dense features: a vector for each patch of eight pixels, {@code (32, size / 8, size
 * / 8)} float32 between -1 and 1. Each kind sees other statistics of its patch.
 */
public enum DenseFeatures {
  /** Classes and colours: what there is. */
  CLIP("clip", patch -> Patch.join(patch.classes(), patch.colors())),
  /** Classes, normals, depth and texture: parts and form. */
  DINOV2(
      "dinov2",
      patch -> Patch.join(patch.classes(), patch.normals(), patch.depths(), patch.gradients())),
  /** Classes, colours, depth and the place in the picture. */
  IMAGEBIND(
      "imagebind",
      patch -> Patch.join(patch.classes(), patch.colors(), patch.depths(), patch.place()));

  /** Numbers of a place. */
  public static final int WIDTH = 32;

  /** Side of a patch in pixels. */
  public static final int PATCH = 8;

  private final String source;
  private final Function<Patch, double[]> statistics;
  private volatile Projection projection;

  DenseFeatures(String source, Function<Patch, double[]> statistics) {
    this.source = source;
    this.statistics = statistics;
  }

  /**
   * Returns the folder name.
   *
   * @return name of the features whose place these take
   */
  public String source() {
    return source;
  }

  /**
   * Computes the features of a scene.
   *
   * @param rendered the scene
   * @return vectors by channel, row and column
   */
  public float[] of(RenderedScene rendered) {
    int side = rendered.size() / PATCH;
    float[] map = new float[WIDTH * side * side];
    for (int place = 0; place < side * side; place++) {
      Patch patch = Patch.ofGrid(rendered, side, place / side, place % side);
      float[] vector = projected(statistics.apply(patch));
      for (int channel = 0; channel < WIDTH; channel++) {
        map[channel * side * side + place] = vector[channel];
      }
    }
    return map;
  }

  /**
   * Computes the features of a scene as a file.
   *
   * @param rendered the scene
   * @return a npy file
   */
  public byte[] encode(RenderedScene rendered) {
    int side = rendered.size() / PATCH;
    return Npy.write(new NpyArray(new int[] {WIDTH, side, side}, of(rendered)));
  }

  private float[] projected(double[] values) {
    if (projection == null) {
      projection = new Projection(source, values.length, WIDTH);
    }
    return projection.apply(values);
  }
}
