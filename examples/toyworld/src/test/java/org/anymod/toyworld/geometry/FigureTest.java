package org.anymod.toyworld.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.Test;

class FigureTest {
  private static final Figure FIGURE =
      new Figure(
          List.of(
              new Capsule(new Vec3(0, 0.5, 5), new Vec3(0, 1.5, 5), 0.25),
              new Capsule(new Vec3(0, 1.4, 5), new Vec3(0.8, 1.2, 5.3), 0.1)));

  @Test
  void raysEndOnTheSurfaceWhoseNormalFacesThem() {
    RandomGenerator random = StreamRandom.at(1, "figure test");
    int met = 0;
    for (int i = 0; i < 2000; i++) {
      Vec3 target = new Vec3(1.6 * random.nextDouble() - 0.4, 2 * random.nextDouble(), 5);
      Vec3 origin = new Vec3(4 * random.nextDouble() - 2, 3 * random.nextDouble(), 0);
      Ray ray = new Ray(origin, target.minus(origin).normalized());
      double distance = FIGURE.distance(ray);
      if (distance < Double.POSITIVE_INFINITY) {
        met++;
        Vec3 point = ray.at(distance);
        double least =
            FIGURE.limbs().stream().mapToDouble(limb -> limb.gap(point)).min().orElseThrow();
        assertThat(least).isCloseTo(0, within(1e-9));
        assertThat(FIGURE.normal(point).dot(ray.direction())).isLessThan(1e-9);
        assertThat(FIGURE.normal(point).length()).isCloseTo(1, within(1e-12));
      }
    }
    assertThat(met).isBetween(500, 1500);
  }

  @Test
  void rayAlongALimbMeetsItsEnd() {
    Capsule limb = new Capsule(new Vec3(0, 1, 2), new Vec3(0, 1, 4), 0.5);
    Ray ray = new Ray(new Vec3(0, 1, 0), new Vec3(0, 0, 1));
    assertThat(limb.distance(ray)).isCloseTo(1.5, within(1e-12));
    Ray back = new Ray(new Vec3(0, 1, 9), new Vec3(0, 0, -1));
    assertThat(limb.distance(back)).isCloseTo(4.5, within(1e-12));
    Ray away = new Ray(new Vec3(0, 1, 9), new Vec3(0, 0, 1));
    assertThat(limb.distance(away)).isInfinite();
  }

  @Test
  void measuresItsBody() {
    assertThat(FIGURE.height()).isCloseTo(1.75, within(1e-12));
    assertThat(FIGURE.center().x()).isCloseTo(0.325, within(1e-12));
    assertThat(FIGURE.footprint()).isBetween(0.6, 0.75);
    assertThat(FIGURE.limb(new Vec3(0.8, 1.3, 5.3))).isEqualTo(1);
    assertThatThrownBy(() -> new Figure(List.of()))
        .hasMessage("limbs is empty, a figure must have at least 1");
  }
}
