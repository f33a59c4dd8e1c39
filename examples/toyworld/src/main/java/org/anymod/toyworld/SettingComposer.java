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

  private final Chance chance;

  SettingComposer(Chance chance) {
    this.chance = chance;
  }

  Scene emptyScene(long index) {
    Camera camera = camera();
    SkyHue hue = chance.oneOf(SkyHue.values());
    SkyBrightness brightness = chance.oneOf(SkyBrightness.values());
    Sky sky = hue.sky(brightness, chance.between(0.9, 1.1));
    Lighting lighting = lighting(hue, brightness, sky);
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

  private Lighting lighting(SkyHue hue, SkyBrightness brightness, Sky sky) {
    double elevation = chance.between(22, 70) * DEGREE;
    double azimuth = chance.between(-180, 180) * DEGREE;
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
    return chance.with(0.3) ? chance.betweenRatios(0.05, 0.11) : chance.betweenRatios(0.008, 0.03);
  }

  private Ground ground() {
    GroundColor color = chance.oneOf(GroundColor.values());
    Pattern[] patterns = {Pattern.PLAIN, Pattern.CHECKER, Pattern.STRIPES, Pattern.SPECKLE};
    Pattern pattern = chance.oneOf(patterns);
    double cell = pattern == Pattern.SPECKLE ? chance.between(0.2, 0.45) : chance.between(0.6, 1.6);
    double turn = chance.between(0, Math.PI);
    double shade = chance.between(0.8, 1.1);
    Vec3 base = color.base().times(shade);
    Vec3 accent = color.accent().times(shade);
    Surface surface = new Surface(pattern, cell, base, accent, 0);
    return new Ground(color.word(), surface, StrictMath.cos(turn), StrictMath.sin(turn));
  }
}
