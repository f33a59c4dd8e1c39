package org.anymod.toyworld.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CameraTest {
  private static final Vec3 POSITION = new Vec3(3, 2, -1);

  @Test
  void horizonIsWhereRaysAreLevel() {
    for (double horizon : new double[] {-0.1, 0.2, 0.5, 0.7}) {
      Camera camera = Camera.withHorizon(POSITION, 0.8, 1.0, horizon);
      assertThat(camera.horizon()).isCloseTo(horizon, within(1e-12));
      for (double u : new double[] {0, 0.3, 1}) {
        assertThat(camera.ray(u, horizon).direction().y()).isCloseTo(0, within(1e-12));
      }
    }
  }

  @Test
  void middleRayIsTheOpticalAxisAndEdgesSpanTheFieldOfView() {
    Camera camera = new Camera(POSITION, 0.4, 0.3, 1.1);
    assertThat(camera.ray(0.5, 0.5).direction().minus(camera.forward()).length()).isLessThan(1e-12);
    double cosine = camera.ray(0, 0.5).direction().dot(camera.ray(1, 0.5).direction());
    assertThat(Math.acos(cosine)).isCloseTo(1.1, within(1e-9));
  }

  @Test
  void axesAreAnOrthonormalBasisWithLevelRightHand() {
    Camera camera = new Camera(POSITION, 2.4, -0.3, 1.1);
    assertThat(camera.forward().length()).isCloseTo(1, within(1e-12));
    assertThat(camera.up().length()).isCloseTo(1, within(1e-12));
    assertThat(camera.right().length()).isCloseTo(1, within(1e-12));
    assertThat(camera.forward().dot(camera.up())).isCloseTo(0, within(1e-12));
    assertThat(camera.forward().dot(camera.right())).isCloseTo(0, within(1e-12));
    assertThat(camera.up().dot(camera.right())).isCloseTo(0, within(1e-12));
    assertThat(camera.right().y()).isZero();
  }

  @Test
  void depthIsMeasuredAlongTheOpticalAxis() {
    Camera camera = new Camera(POSITION, 0.4, 0.3, 1.1);
    Ray corner = camera.ray(0, 0);
    double expected = 5 * corner.direction().dot(camera.forward());
    assertThat(camera.depth(corner.at(5))).isCloseTo(expected, within(1e-12));
    assertThat(expected).isLessThan(4.5);
  }

  @Test
  void refusesACameraUnderTheGround() {
    assertThatThrownBy(() -> new Camera(new Vec3(0, -1, 0), 0, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("height is -1.0, must be more than 0");
  }

  @Test
  void refusesImpossibleAngles() {
    assertThatThrownBy(() -> new Camera(POSITION, 0, 2, 1))
        .hasMessage("pitch is 2.0, must be between -pi/2 and pi/2");
    assertThatThrownBy(() -> new Camera(POSITION, 0, 0, 4))
        .hasMessage("fieldOfView is 4.0, must be between 0 and pi");
  }
}
