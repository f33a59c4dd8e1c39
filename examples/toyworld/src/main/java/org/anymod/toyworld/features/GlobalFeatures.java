package org.anymod.toyworld.features;

import java.util.function.Function;
import org.anymod.media.Npy;
import org.anymod.media.NpyArray;
import org.anymod.toyworld.RenderedScene;

/**
 * Stand-ins for global features: one vector for a picture, {@code (64)} float32 between -1 and 1,
 * from statistics of the whole and of its quarters.
 */
public enum GlobalFeatures {
  /** Classes, normals and depth, also of each quarter. */
  DINOV2(
      "dinov2_global",
      scene ->
          Patch.join(
              whole(scene).classes(),
              whole(scene).normals(),
              whole(scene).depths(),
              quarters(scene, patch -> Patch.join(patch.classes(), patch.depths())))),
  /** Classes, colours, also of each quarter, and the words of the caption. */
  IMAGEBIND(
      "imagebind_global",
      scene ->
          Patch.join(
              whole(scene).classes(),
              whole(scene).colors(),
              quarters(scene, Patch::colors),
              WordVectors.mean(scene.caption())));

  /** Numbers of a vector. */
  public static final int WIDTH = 64;

  private static final int SIDE = 2;

  private final String source;
  private final Function<RenderedScene, double[]> statistics;
  private volatile Projection projection;

  GlobalFeatures(String source, Function<RenderedScene, double[]> statistics) {
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
   * @return the vector
   */
  public float[] of(RenderedScene rendered) {
    double[] values = statistics.apply(rendered);
    if (projection == null) {
      projection = new Projection(source, values.length, WIDTH);
    }
    return projection.apply(values);
  }

  /**
   * Computes the features of a scene as a file.
   *
   * @param rendered the scene
   * @return a npy file
   */
  public byte[] encode(RenderedScene rendered) {
    return Npy.write(new NpyArray(new int[] {WIDTH}, of(rendered)));
  }

  private static Patch whole(RenderedScene scene) {
    return Patch.ofGrid(scene, 1, 0, 0);
  }

  private static double[] quarters(RenderedScene scene, Function<Patch, double[]> statistics) {
    double[][] parts = new double[SIDE * SIDE][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = statistics.apply(Patch.ofGrid(scene, SIDE, i / SIDE, i % SIDE));
    }
    return Patch.join(parts);
  }
}
