package org.anymod.toyworld;

import org.anymod.toyworld.geometry.Ray;
import org.anymod.toyworld.geometry.Vec3;

/**
 * The colour of what a ray met: Lambert's law for sun and ambient light, hard shadows, a Phong
 * highlight, and fog that fades everything into the colour of the horizon with distance.
 */
final class Shader {
  private static final double LEAST_SLANT = 0.04;

  private final Scene scene;
  private final RayCaster caster;
  private final double sampleAngle;

  /**
   * Creates a shader.
   *
   * @param samples samples along a side of the picture, from which patterns know how fine they may
   *     be
   */
  Shader(Scene scene, RayCaster caster, int samples) {
    this.scene = scene;
    this.caster = caster;
    sampleAngle = 2 * scene.camera().halfExtent() / samples;
  }

  /** Returns the linear light that arrives along the ray. */
  Vec3 light(Ray ray, Hit hit) {
    if (hit.kind() == ToyClass.SKY) {
      return scene.sky().light(ray.direction());
    }
    double slant = Math.max(LEAST_SLANT, -hit.normal().dot(ray.direction()));
    double span = hit.distance() * sampleAngle / slant;
    Vec3 surface = reflected(ray, hit, span);
    double left = StrictMath.exp(-scene.lighting().fog() * hit.distance());
    return scene.sky().horizon().mix(surface, left);
  }

  private Vec3 reflected(Ray ray, Hit hit, double span) {
    Lighting lighting = scene.lighting();
    Vec3 normal = hit.normal();
    Vec3 light = lighting.ambient().times(0.72 + 0.28 * normal.y());
    double incidence = normal.dot(lighting.toSun());
    double highlight = 0;
    if (incidence > 0 && !caster.inShadow(hit, lighting.toSun())) {
      light = light.plus(lighting.sun().times(incidence));
      highlight = highlight(ray, normal, lighting.toSun()) * gloss(hit);
    }
    return albedo(hit, span).times(light).plus(lighting.sun().times(highlight));
  }

  private Vec3 albedo(Hit hit, double span) {
    if (hit.object() == HitBuffer.NO_OBJECT) {
      return scene.ground().albedo(hit.position(), span);
    }
    return scene.objects().get(hit.object()).albedo(hit.position(), span);
  }

  private double gloss(Hit hit) {
    return hit.object() == HitBuffer.NO_OBJECT
        ? scene.ground().surface().gloss()
        : scene.objects().get(hit.object()).surface().gloss();
  }

  /** The cosine between mirrored ray and sun to the power of 16. */
  private static double highlight(Ray ray, Vec3 normal, Vec3 toSun) {
    Vec3 direction = ray.direction();
    Vec3 mirrored = direction.minus(normal.times(2 * direction.dot(normal)));
    double power = Math.max(0, mirrored.dot(toSun));
    for (int i = 0; i < 4; i++) {
      power *= power;
    }
    return power;
  }
}
