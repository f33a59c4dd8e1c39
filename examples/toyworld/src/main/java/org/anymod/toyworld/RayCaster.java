package org.anymod.toyworld;

import java.util.List;
import org.anymod.toyworld.geometry.Ray;
import org.anymod.toyworld.geometry.Solid;
import org.anymod.toyworld.geometry.Vec3;

/** Finds what the rays of a scene meet, by exact intersection with every solid and the ground. */
final class RayCaster {
  private static final Vec3 ZERO = new Vec3(0, 0, 0);
  private static final double OFF_SURFACE = 1e-5;

  private final List<SceneObject> objects;

  RayCaster(Scene scene) {
    objects = scene.objects();
  }

  Hit cast(Ray ray) {
    double nearest = groundDistance(ray);
    int object = HitBuffer.NO_OBJECT;
    for (int i = 0; i < objects.size(); i++) {
      double distance = objects.get(i).solid().distance(ray);
      if (distance < nearest) {
        nearest = distance;
        object = i;
      }
    }
    if (nearest == Double.POSITIVE_INFINITY) {
      return new Hit(object, ToyClass.SKY, nearest, ray.direction(), ZERO);
    }
    Vec3 position = ray.at(nearest);
    if (object == HitBuffer.NO_OBJECT) {
      return new Hit(object, ToyClass.GROUND, nearest, position, Vec3.UP);
    }
    Solid solid = objects.get(object).solid();
    return new Hit(object, objects.get(object).kind(), nearest, position, solid.normal(position));
  }

  /** Returns whether something stands between a surface and the sun. */
  boolean inShadow(Hit hit, Vec3 toSun) {
    Ray ray = new Ray(hit.position().plus(hit.normal().times(OFF_SURFACE)), toSun);
    for (SceneObject object : objects) {
      if (object.solid().distance(ray) < Double.POSITIVE_INFINITY) {
        return true;
      }
    }
    return false;
  }

  private static double groundDistance(Ray ray) {
    double down = ray.direction().y();
    return down < 0 ? -ray.origin().y() / down : Double.POSITIVE_INFINITY;
  }
}
