package org.anymod.toyworld;

import org.anymod.toyworld.geometry.Camera;
import org.anymod.toyworld.geometry.Vec3;

/**
 * What the ray through the middle of every pixel met: the ground truth from which all labels of a
 * scene are made. Pixels are in row-major order.
 */
public final class HitBuffer {
  /** The object number of pixels that show sky or ground. */
  public static final int NO_OBJECT = -1;

  private final int size;
  private final int[] objects;
  private final byte[] classes;
  private final double[] distances;
  private final double[] depths;
  private final Vec3[] positions;
  private final Vec3[] normals;

  private HitBuffer(int size) {
    this.size = size;
    objects = new int[size * size];
    classes = new byte[size * size];
    distances = new double[size * size];
    depths = new double[size * size];
    positions = new Vec3[size * size];
    normals = new Vec3[size * size];
  }

  /** Casts one ray through the middle of each pixel of a square picture. */
  static HitBuffer trace(Scene scene, int size) {
    HitBuffer buffer = new HitBuffer(size);
    RayCaster caster = new RayCaster(scene);
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        Hit hit = caster.cast(scene.camera().ray((column + 0.5) / size, (row + 0.5) / size));
        buffer.set(row * size + column, hit, scene.camera());
      }
    }
    return buffer;
  }

  private void set(int pixel, Hit hit, Camera camera) {
    objects[pixel] = hit.object();
    classes[pixel] = (byte) hit.kind().ordinal();
    distances[pixel] = hit.distance();
    depths[pixel] =
        hit.kind() == ToyClass.SKY ? Double.POSITIVE_INFINITY : camera.depth(hit.position());
    positions[pixel] = hit.position();
    normals[pixel] = hit.normal();
  }

  /**
   * Returns the side of the picture.
   *
   * @return pixels
   */
  public int size() {
    return size;
  }

  /**
   * Returns the number of the object in a pixel.
   *
   * @param pixel row-major place
   * @return place in {@link Scene#objects()}, or {@link #NO_OBJECT}
   */
  public int object(int pixel) {
    return objects[pixel];
  }

  /**
   * Returns the class of a pixel.
   *
   * @param pixel row-major place
   * @return the class
   */
  public ToyClass kind(int pixel) {
    return ToyClass.values()[classes[pixel]];
  }

  /**
   * Returns the class numbers of all pixels.
   *
   * @return a copy, {@code (size * size)}
   */
  public byte[] classes() {
    return classes.clone();
  }

  /**
   * Returns the distance from the pinhole.
   *
   * @param pixel row-major place
   * @return metres; infinite for the sky
   */
  public double distance(int pixel) {
    return distances[pixel];
  }

  /**
   * Returns the distance from the plane of the camera, along its optical axis.
   *
   * @param pixel row-major place
   * @return metres; infinite for the sky
   */
  public double depth(int pixel) {
    return depths[pixel];
  }

  /**
   * Returns the point that a pixel shows.
   *
   * @param pixel row-major place
   * @return the point in the world; for the sky the direction
   */
  public Vec3 position(int pixel) {
    return positions[pixel];
  }

  /**
   * Returns the outward normal of the surface that a pixel shows.
   *
   * @param pixel row-major place
   * @return a unit vector in the world; zero for the sky
   */
  public Vec3 normal(int pixel) {
    return normals[pixel];
  }
}
