package org.anymod.toyworld;

import org.anymod.toyworld.geometry.Ray;
import org.anymod.toyworld.geometry.Vec3;

/** Paints pictures: each pixel is the mean light of a regular grid of samples. */
final class Renderer {
  private static final int SAMPLES = 2;

  private Renderer() {}

  /** Returns 8-bit sRGB values, {@code (size, size, 3)}. */
  static byte[] paint(Scene scene, int size) {
    RayCaster caster = new RayCaster(scene);
    Shader shader = new Shader(scene, caster, size * SAMPLES);
    byte[] rgb = new byte[size * size * 3];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        Vec3 light = pixel(scene, caster, shader, size, row, column);
        int at = (row * size + column) * 3;
        rgb[at] = LinearColor.encode(light.x());
        rgb[at + 1] = LinearColor.encode(light.y());
        rgb[at + 2] = LinearColor.encode(light.z());
      }
    }
    return rgb;
  }

  private static Vec3 pixel(
      Scene scene, RayCaster caster, Shader shader, int size, int row, int column) {
    Vec3 sum = new Vec3(0, 0, 0);
    for (int i = 0; i < SAMPLES * SAMPLES; i++) {
      double u = (column + (i % SAMPLES + 0.5) / SAMPLES) / size;
      double v = (row + (i / SAMPLES + 0.5) / SAMPLES) / size;
      Ray ray = scene.camera().ray(u, v);
      sum = sum.plus(shader.light(ray, caster.cast(ray)));
    }
    return sum.times(1.0 / (SAMPLES * SAMPLES));
  }
}
