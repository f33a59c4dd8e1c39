package org.anymod.toyworld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anymod.toyworld.geometry.Box;
import org.anymod.toyworld.geometry.Ray;
import org.anymod.toyworld.geometry.Vec3;
import org.junit.jupiter.api.Test;

class ShaderTest {

  @Test
  void litGroundFollowsLambertsLaw() {
    assertThat(groundLight(TestScenes.of(0), 4).x()).isCloseTo(0.5 * (0.8 + 0.1), within(1e-9));
  }

  @Test
  void groundBehindTheSunsBackGetsAmbientLightOnly() {
    Surface plain = new Surface(Pattern.PLAIN, 1, Vec3.UP, Vec3.UP, 0);
    // A box so wide that the ground beside it is dark when the sun is low behind it.
    SceneObject wall =
        new SceneObject(
            ToyClass.BOX, Box.turned(-3, 4, 1, 4, 9, 0), NamedColor.GREEN, SizeName.LARGE, plain);
    Scene scene = TestScenes.of(0, wall);
    Lighting overhead = scene.lighting();
    Vec3 low = new Vec3(-1, 1, 0).normalized();
    Lighting slanted = new Lighting(low, overhead.sun(), overhead.ambient(), 0);
    Scene dark =
        new Scene(0, scene.camera(), scene.ground(), scene.sky(), slanted, scene.objects());
    assertThat(groundLight(dark, 4).x()).isCloseTo(0.5 * 0.1, within(1e-9));
    assertThat(groundLight(scene, 4).x()).isCloseTo(0.5 * 0.9, within(1e-9));
  }

  @Test
  void fogFadesIntoTheHorizonWithDistance() {
    Scene scene = TestScenes.of(0.1);
    double clear = 0.45;
    double horizon = 0.2;
    for (double depth : new double[] {3, 10, 60}) {
      double distance = Math.hypot(2, depth);
      double left = Math.exp(-0.1 * distance);
      assertThat(groundLight(scene, depth).x())
          .isCloseTo(clear * left + horizon * (1 - left), within(1e-9));
    }
  }

  @Test
  void skyRunsFromHorizonToZenith() {
    Scene scene = TestScenes.of(0);
    RayCaster caster = new RayCaster(scene);
    Shader shader = new Shader(scene, caster, 64);
    Ray level = new Ray(scene.camera().position(), new Vec3(0, 0, 1));
    Ray upwards = new Ray(scene.camera().position(), Vec3.UP);
    assertThat(shader.light(level, caster.cast(level))).isEqualTo(scene.sky().horizon());
    assertThat(shader.light(upwards, caster.cast(upwards))).isEqualTo(scene.sky().zenith());
  }

  private static Vec3 groundLight(Scene scene, double depth) {
    RayCaster caster = new RayCaster(scene);
    Vec3 origin = scene.camera().position();
    Ray ray = new Ray(origin, new Vec3(0, 0, depth).minus(origin).normalized());
    return new Shader(scene, caster, 64).light(ray, caster.cast(ray));
  }
}
