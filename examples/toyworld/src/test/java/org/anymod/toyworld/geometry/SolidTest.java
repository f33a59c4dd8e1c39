package org.anymod.toyworld.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Predicate;
import java.util.stream.Stream;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the closed-form intersections with a search along the ray that only knows which points
 * are inside.
 */
class SolidTest {
  private static final int RAYS = 2000;
  private static final double STEP = 0.01;
  private static final double FARTHEST = 14;

  record Case(Solid solid, Predicate<Vec3> inside) {}

  static Stream<Case> solids() {
    return Stream.of(
        new Case(new Sphere(1, 2, 1.3), SolidTest::insideSphere),
        new Case(new Cylinder(1, 2, 0.9, 2.1), SolidTest::insideCylinder),
        new Case(new Cone(1, 2, 1.2, 2.5), SolidTest::insideCone),
        new Case(Box.turned(1, 2, 0.7, 1.1, 1.9, 0.6), SolidTest::insideBox));
  }

  @ParameterizedTest
  @MethodSource("solids")
  void raysEnterWhereASearchFindsTheInside(Case c) {
    int met = 0;
    for (int i = 0; i < RAYS; i++) {
      Ray ray = randomRay(i);
      double searched = search(ray, c.inside());
      double found = c.solid().distance(ray);
      if (searched < Double.POSITIVE_INFINITY) {
        met++;
        assertThat(found).as("ray %d %s", i, ray).isCloseTo(searched, within(1e-6));
      } else if (found < Double.POSITIVE_INFINITY) {
        assertThat(c.inside().test(ray.at(found + STEP))).as("grazes, ray %d", i).isFalse();
      }
    }
    assertThat(met).isGreaterThan(RAYS / 4);
  }

  @ParameterizedTest
  @MethodSource("solids")
  void normalsPointOutwardsAndTowardsTheRay(Case c) {
    for (int i = 0; i < RAYS; i++) {
      Ray ray = randomRay(i);
      double distance = c.solid().distance(ray);
      if (distance < Double.POSITIVE_INFINITY) {
        Vec3 point = ray.at(distance);
        Vec3 normal = c.solid().normal(point);
        assertThat(normal.length()).isCloseTo(1, within(1e-9));
        assertThat(normal.dot(ray.direction())).as("ray %d", i).isLessThan(1e-6);
        assertThat(c.inside().test(point.plus(normal.times(1e-4)))).as("ray %d", i).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("solids")
  void hitsLieWithinTheUprightCylinderAround(Case c) {
    Solid solid = c.solid();
    for (int i = 0; i < RAYS; i++) {
      Ray ray = randomRay(i);
      double distance = solid.distance(ray);
      if (distance < Double.POSITIVE_INFINITY) {
        Vec3 offset = ray.at(distance).minus(solid.center());
        assertThat(Math.hypot(offset.x(), offset.z()))
            .isLessThanOrEqualTo(solid.footprint() + 1e-9);
        assertThat(Math.abs(offset.y())).isLessThanOrEqualTo(solid.height() / 2 + 1e-9);
      }
    }
  }

  @Test
  void centralRayMeetsSphereAtCenterDistanceLessRadius() {
    Sphere sphere = new Sphere(0, 10, 2);
    Ray ray = new Ray(new Vec3(0, 2, 0), new Vec3(0, 0, 1));
    assertThat(sphere.distance(ray)).isEqualTo(8);
    assertThat(sphere.normal(ray.at(8))).isEqualTo(new Vec3(0, 0, -1));
  }

  @ParameterizedTest
  @MethodSource("solids")
  void nothingIsMetBehindTheOrigin(Case c) {
    Vec3 origin = new Vec3(1, 1, -10);
    assertThat(c.solid().distance(new Ray(origin, new Vec3(0, 0, 1)))).isFinite();
    assertThat(c.solid().distance(new Ray(origin, new Vec3(0, 0, -1)))).isInfinite();
  }

  private static Ray randomRay(long i) {
    StreamRandom random = StreamRandom.at(11, "test rays", i);
    double angle = random.nextDouble() * 2 * Math.PI;
    Vec3 origin =
        new Vec3(1 + 5 * Math.cos(angle), 0.1 + 5 * random.nextDouble(), 2 + 5 * Math.sin(angle));
    Vec3 target =
        new Vec3(
            1 + 3 * random.nextDouble() - 1.5,
            2.5 * random.nextDouble(),
            2 + 3 * random.nextDouble() - 1.5);
    return new Ray(origin, target.minus(origin).normalized());
  }

  private static double search(Ray ray, Predicate<Vec3> inside) {
    for (double t = STEP; t < FARTHEST; t += STEP) {
      if (inside.test(ray.at(t))) {
        return bisect(ray, inside, t - STEP, t);
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private static double bisect(Ray ray, Predicate<Vec3> inside, double outer, double inner) {
    double low = outer;
    double high = inner;
    for (int i = 0; i < 40; i++) {
      double middle = (low + high) / 2;
      if (inside.test(ray.at(middle))) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private static boolean insideSphere(Vec3 p) {
    return Math.hypot(Math.hypot(p.x() - 1, p.z() - 2), p.y() - 1.3) <= 1.3;
  }

  private static boolean insideCylinder(Vec3 p) {
    return Math.hypot(p.x() - 1, p.z() - 2) <= 0.9 && p.y() >= 0 && p.y() <= 2.1;
  }

  private static boolean insideCone(Vec3 p) {
    boolean level = p.y() >= 0 && p.y() <= 2.5;
    return level && Math.hypot(p.x() - 1, p.z() - 2) <= 1.2 * (1 - p.y() / 2.5);
  }

  private static boolean insideBox(Vec3 p) {
    double radius = Math.hypot(p.x() - 1, p.z() - 2);
    double angle = Math.atan2(p.z() - 2, p.x() - 1) + 0.6;
    return Math.abs(radius * Math.cos(angle)) <= 0.7
        && Math.abs(radius * Math.sin(angle)) <= 1.1
        && p.y() >= 0
        && p.y() <= 1.9;
  }
}
