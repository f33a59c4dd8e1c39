package org.anymod.toyworld;

import java.util.List;
import org.anymod.toyworld.geometry.Camera;
import org.anymod.toyworld.geometry.Vec3;

/** Draws what surrounds the objects: camera, ground, sky, light and fog. */
final class SettingComposer {
  private static final double DEGREE = Math.PI / 180;

  /**
   * The camera is up to so many metres from the origin, so that it sees ever new parts of the
   * ground's pattern.
   */
  private static final double FARTHEST = 100;

  /**
   * The sun stands behind the camera, mostly to its left: between these directions in degrees, seen
   * from the direction in which the camera looks.
   */
  private static final double MOST_LEFT = -190;

  private static final double MOST_RIGHT = -110;

  /** How often each {@link SkyHue} is seen: blue most of the time, as out of doors. */
  private static final double[] HUE_WEIGHTS = {0.84, 0.08, 0.05, 0.03};

  /** How often each {@link SkyBrightness} is seen. */
  private static final double[] BRIGHTNESS_WEIGHTS = {0.03, 0.12, 0.85};

  /** How often each {@link GroundColor} is seen: mostly grass and earth. */
  private static final double[] GROUND_WEIGHTS = {0.7, 0.05, 0.04, 0.15, 0.01, 0.03, 0.02};

  private static final double[] PATTERN_WEIGHTS = {0.55, 0.15, 0.15, 0.15};
  private static final Pattern[] PATTERNS = {
    Pattern.PLAIN, Pattern.CHECKER, Pattern.STRIPES, Pattern.SPECKLE
  };

  private final Chance chance;

  SettingComposer(Chance chance) {
    this.chance = chance;
  }

  Scene emptyScene(long index) {
    Camera camera = camera();
    SkyHue hue = SkyHue.values()[chance.weighted(HUE_WEIGHTS)];
    SkyBrightness brightness = SkyBrightness.values()[chance.weighted(BRIGHTNESS_WEIGHTS)];
    Sky sky = hue.sky(brightness, chance.between(0.9, 1.1));
    Lighting lighting = lighting(hue, brightness, sky, camera.yaw());
    return new Scene(index, camera, ground(), sky, lighting, List.of());
  }

  private Camera camera() {
    double x = chance.between(-FARTHEST, FARTHEST);
    double z = chance.between(-FARTHEST, FARTHEST);
    Vec3 position = new Vec3(x, chance.betweenRatios(0.8, 6), z);
    double yaw = chance.between(-180, 180) * DEGREE;
    double fieldOfView = chance.between(36, 66) * DEGREE;
    return Camera.withHorizon(position, yaw, fieldOfView, chance.between(-0.15, 0.62));
  }

  private Lighting lighting(SkyHue hue, SkyBrightness brightness, Sky sky, double yaw) {
    double elevation = chance.between(40, 60) * DEGREE;
    double azimuth = yaw + chance.between(MOST_LEFT, MOST_RIGHT) * DEGREE;
    double level = StrictMath.cos(elevation);
    Vec3 toSun =
        new Vec3(
            level * StrictMath.sin(azimuth),
            StrictMath.sin(elevation),
            level * StrictMath.cos(azimuth));
    Vec3 sun = hue.sunlight().times(brightness.light() * chance.between(0.85, 1.15));
    Vec3 fill = new Vec3(1, 1, 1).mix(sky.horizon(), 0.35);
    Vec3 ambient = fill.times(hue.ambient() * (0.45 + 0.55 * brightness.light()));
    return new Lighting(toSun, sun, ambient, fog());
  }

  private double fog() {
    return chance.with(0.2) ? chance.betweenRatios(0.05, 0.11) : chance.betweenRatios(0.008, 0.03);
  }

  private Ground ground() {
    GroundColor color = GroundColor.values()[chance.weighted(GROUND_WEIGHTS)];
    Pattern pattern = PATTERNS[chance.weighted(PATTERN_WEIGHTS)];
    double cell = pattern == Pattern.SPECKLE ? chance.between(0.2, 0.45) : chance.between(0.6, 1.6);
    double turn = chance.between(0, Math.PI);
    double shade = chance.between(0.8, 1.1);
    Vec3 base = color.base().times(shade);
    Vec3 accent = color.accent().times(shade);
    Surface surface = new Surface(pattern, cell, base, accent, 0);
    return new Ground(color.word(), surface, StrictMath.cos(turn), StrictMath.sin(turn));
  }
}
