package org.anymod.toyworld;

import java.util.Optional;
import org.anymod.toyworld.geometry.Box;
import org.anymod.toyworld.geometry.Camera;
import org.anymod.toyworld.geometry.Cone;
import org.anymod.toyworld.geometry.Cylinder;
import org.anymod.toyworld.geometry.Ray;
import org.anymod.toyworld.geometry.Solid;
import org.anymod.toyworld.geometry.Sphere;
import org.anymod.toyworld.geometry.Vec3;

/**
 * Draws objects where the camera sees them: the place and the width in the picture are drawn first
 * and turned into metres, so that objects of all distances are large enough to be recognised.
 */
final class ObjectComposer {
  private static final double LEAST_WIDTH = 0.26;
  private static final double MOST_WIDTH = 0.7;
  private static final double LEAST_RADIUS = 0.3;
  private static final double MOST_RADIUS = 3.4;
  private static final double MOST_DEPTH = 30;
  private static final double BELOW_HORIZON = 0.05;
  private static final double HIGHEST_BASE = 0.22;
  private static final double LOWEST_BASE = 1.1;

  private static final ToyClass[] KINDS = {
    ToyClass.SPHERE, ToyClass.BOX, ToyClass.CYLINDER, ToyClass.CONE
  };
  private static final double[] KIND_WEIGHTS = {0.25, 0.23, 0.23, 0.29};

  /** How often each class has each {@link NamedColor}, in the order of that list. */
  private static final double[][] COLOR_WEIGHTS = {
    {18, 6, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5},
    {0.5, 0.5, 0.5, 0.5, 0.5, 18, 6, 0.5, 0.5, 0.5},
    {0.5, 0.5, 0.5, 0.5, 6, 0.5, 0.5, 0.5, 18, 0.5},
    {0.5, 0.5, 18, 6, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5}
  };

  private static final double[] PATTERN_WEIGHTS = {0.64, 0.14, 0.12, 0.1};
  private static final Pattern[] PATTERNS = {
    Pattern.PLAIN, Pattern.STRIPES, Pattern.CHECKER, Pattern.DOTS
  };

  private final Chance chance;

  ObjectComposer(Chance chance) {
    this.chance = chance;
  }

  /** Draws an object; empty if the draw gives no sensible size. */
  Optional<SceneObject> compose(Camera camera) {
    int kind = chance.weighted(KIND_WEIGHTS);
    double u = chance.between(0.04, 0.96);
    double highest = Math.max(camera.horizon() + BELOW_HORIZON, HIGHEST_BASE);
    double v = chance.between(highest, LOWEST_BASE);
    double width = chance.betweenRatios(LEAST_WIDTH, MOST_WIDTH);
    Ray ray = camera.ray(u, v);
    Vec3 base = ray.at(-ray.origin().y() / ray.direction().y());
    double depth = camera.depth(base);
    double radius = width * depth * camera.halfExtent();
    if (depth > MOST_DEPTH || radius < LEAST_RADIUS || radius > MOST_RADIUS) {
      return Optional.empty();
    }
    NamedColor color = NamedColor.values()[chance.weighted(COLOR_WEIGHTS[kind])];
    Surface surface = surface(color, radius);
    Solid solid = solid(KINDS[kind], base, radius);
    return Optional.of(new SceneObject(KINDS[kind], solid, color, SizeName.of(radius), surface));
  }

  private Surface surface(NamedColor color, double radius) {
    Pattern pattern = PATTERNS[chance.weighted(PATTERN_WEIGHTS)];
    double shade = chance.between(0.85, 1.1);
    Vec3 base = color.linear().times(shade);
    Vec3 accent =
        brightness(base) > 0.35 ? base.times(0.3) : base.mix(new Vec3(0.9, 0.9, 0.9), 0.6);
    double cell = radius * chance.between(0.42, 0.62);
    return new Surface(pattern, cell, base, accent, chance.between(0, 0.35));
  }

  private static double brightness(Vec3 color) {
    return color.dot(new Vec3(0.2126, 0.7152, 0.0722));
  }

  private Solid solid(ToyClass kind, Vec3 base, double radius) {
    double x = base.x();
    double z = base.z();
    return switch (kind) {
      case SPHERE -> new Sphere(x, z, radius);
      case BOX -> box(x, z, radius);
      case CYLINDER -> new Cylinder(x, z, radius * 0.8, radius * chance.between(1.1, 2.4));
      case CONE -> new Cone(x, z, radius * 1.05, radius * chance.between(1.7, 2.9));
      case SKY, GROUND, PERSON -> throw new IllegalArgumentException(kind + " is not a solid");
    };
  }

  private Box box(double x, double z, double radius) {
    double halfWidth = radius * chance.between(0.6, 0.9);
    double halfLength = radius * chance.between(0.6, 0.9);
    double height = radius * chance.between(0.9, 2.1);
    return Box.turned(x, z, halfWidth, halfLength, height, chance.between(0, Math.PI));
  }
}
