package org.anymod.toyworld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anymod.toyworld.geometry.Box;
import org.anymod.toyworld.geometry.Ray;
import org.anymod.toyworld.geometry.Sphere;
import org.anymod.toyworld.geometry.Vec3;
import org.junit.jupiter.api.Test;

class HitBufferTest {
  private static final int SIZE = 65;
  private static final int MIDDLE = SIZE / 2 * SIZE + SIZE / 2;

  private static final Scene SPHERE =
      TestScenes.of(0.02, TestScenes.object(ToyClass.SPHERE, new Sphere(0, 10, 2), NamedColor.RED));

  @Test
  void middlePixelSeesTheFrontOfTheSphere() {
    HitBuffer hits = HitBuffer.trace(SPHERE, SIZE);
    assertThat(hits.kind(MIDDLE)).isEqualTo(ToyClass.SPHERE);
    assertThat(hits.object(MIDDLE)).isZero();
    assertThat(hits.distance(MIDDLE)).isCloseTo(8, within(1e-12));
    assertThat(hits.depth(MIDDLE)).isCloseTo(8, within(1e-12));
    assertThat(hits.normal(MIDDLE).minus(new Vec3(0, 0, -1)).length()).isLessThan(1e-9);
    assertThat(hits.position(MIDDLE).minus(new Vec3(0, 2, 8)).length()).isLessThan(1e-9);
  }

  @Test
  void everySpherePixelHasTheDepthOfTheQuadraticFormula() {
    HitBuffer hits = HitBuffer.trace(SPHERE, SIZE);
    int pixels = 0;
    for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
      if (hits.kind(pixel) == ToyClass.SPHERE) {
        double a = ((pixel % SIZE + 0.5) / SIZE * 2 - 1);
        double b = (1 - (pixel / SIZE + 0.5) / SIZE * 2);
        // |(az, bz, z - 10)| = 2 solved for z.
        double q = a * a + b * b + 1;
        double z = (10 - Math.sqrt(100 - q * 96)) / q;
        assertThat(hits.depth(pixel)).isCloseTo(z, within(1e-9));
        pixels++;
      }
    }
    assertThat(pixels).isGreaterThan(100);
  }

  @Test
  void groundDepthFollowsFromTheHeightOfTheCamera() {
    HitBuffer hits = HitBuffer.trace(TestScenes.of(0.02), SIZE);
    for (int row = SIZE / 2 + 1; row < SIZE; row++) {
      double b = (row + 0.5) / SIZE * 2 - 1;
      assertThat(hits.kind(row * SIZE + 7)).isEqualTo(ToyClass.GROUND);
      assertThat(hits.depth(row * SIZE + 7)).isCloseTo(2 / b, within(1e-6));
    }
  }

  @Test
  void skyIsInfinitelyFarAndBelongsToNoObject() {
    HitBuffer hits = HitBuffer.trace(TestScenes.of(0.02), SIZE);
    assertThat(hits.kind(0)).isEqualTo(ToyClass.SKY);
    assertThat(hits.depth(0)).isInfinite();
    assertThat(hits.distance(0)).isInfinite();
    assertThat(hits.object(0)).isEqualTo(HitBuffer.NO_OBJECT);
  }

  @Test
  void nearerObjectsHideFartherOnes() {
    SceneObject far = TestScenes.object(ToyClass.SPHERE, new Sphere(0, 10, 2), NamedColor.RED);
    SceneObject near =
        TestScenes.object(ToyClass.BOX, Box.turned(0, 5, 1, 1, 3, 0), NamedColor.BLUE);
    HitBuffer hits = HitBuffer.trace(TestScenes.of(0.02, far, near), SIZE);
    assertThat(hits.object(MIDDLE)).isEqualTo(1);
    assertThat(hits.depth(MIDDLE)).isCloseTo(4, within(1e-12));
  }

  @Test
  void distanceAndPositionAgreeInEveryPixel() {
    Scene scene = new ToyWorld(3, 32).scene(5);
    HitBuffer hits = HitBuffer.trace(scene, 32);
    for (int pixel = 0; pixel < 32 * 32; pixel++) {
      if (hits.kind(pixel) != ToyClass.SKY) {
        Ray ray = scene.camera().ray((pixel % 32 + 0.5) / 32, (pixel / 32 + 0.5) / 32);
        Vec3 point = ray.at(hits.distance(pixel));
        assertThat(point.minus(hits.position(pixel)).length()).isLessThan(1e-9);
        assertThat(scene.camera().depth(point)).isCloseTo(hits.depth(pixel), within(1e-9));
      }
    }
  }
}
