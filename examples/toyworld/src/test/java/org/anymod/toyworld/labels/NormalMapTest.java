package org.anymod.toyworld.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anymod.media.Pictures;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;
import org.anymod.toyworld.RenderedScene;
import org.anymod.toyworld.ToyClass;
import org.anymod.toyworld.geometry.Camera;
import org.anymod.toyworld.geometry.Vec3;
import org.junit.jupiter.api.Test;

class NormalMapTest {

  @Test
  void fileHoldsUnitVectorsThatFaceTheViewerAndGrayForTheSky() throws InvalidDataException {
    for (RenderedScene scene : Labelled.SCENES) {
      Value.Raster picture = Pictures.decodeColor(Labelled.bytes("normal", scene));
      for (int pixel = 0; pixel < 64 * 64; pixel++) {
        Vec3 normal = vector(picture, pixel);
        if (scene.hits().kind(pixel) == ToyClass.SKY) {
          assertThat(normal.length()).isLessThan(0.01);
        } else {
          assertThat(normal.length()).isCloseTo(1, within(0.01));
          assertThat(normal.dot(direction(scene.scene().camera(), pixel))).isLessThan(0.01);
        }
      }
    }
  }

  @Test
  void floorsPointUpwardsInThePicture() {
    RenderedScene scene = Labelled.SCENES.get(0);
    for (int pixel = 0; pixel < 64 * 64; pixel++) {
      if (scene.hits().kind(pixel) == ToyClass.GROUND) {
        assertThat(NormalMap.at(scene, pixel).y()).isNegative();
      }
    }
  }

  /** Points that neighbouring pixels of one flat surface show differ by vectors within it. */
  @Test
  void normalsAreAcrossTheChangeOfDepth() {
    int compared = 0;
    for (RenderedScene scene : Labelled.SCENES) {
      for (int pixel = 64; pixel < 64 * 64 - 64; pixel++) {
        boolean flat =
            pixel % 64 > 0
                && pixel % 64 < 63
                && isSame(scene, pixel, 1)
                && isSame(scene, pixel, 64);
        if (flat) {
          Vec3 across = point(scene, pixel + 1).minus(point(scene, pixel - 1));
          Vec3 down = point(scene, pixel + 64).minus(point(scene, pixel - 64));
          Vec3 normal = NormalMap.at(scene, pixel);
          Vec3 fromDepth = cross(down, across).normalized();
          assertThat(fromDepth.dot(normal)).as("pixel %d", pixel).isGreaterThan(0.97);
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(5000);
  }

  private static boolean isSame(RenderedScene scene, int pixel, int step) {
    Vec3 here = NormalMap.at(scene, pixel);
    return scene.hits().kind(pixel) != ToyClass.SKY
        && scene.hits().object(pixel) == scene.hits().object(pixel - step)
        && scene.hits().object(pixel) == scene.hits().object(pixel + step)
        && here.dot(NormalMap.at(scene, pixel - step)) > 0.999
        && here.dot(NormalMap.at(scene, pixel + step)) > 0.999;
  }

  /** The point that a pixel shows, from its depth alone: x to the right, y down, z away. */
  private static Vec3 point(RenderedScene scene, int pixel) {
    return direction(scene.scene().camera(), pixel).times(scene.hits().depth(pixel));
  }

  private static Vec3 direction(Camera camera, int pixel) {
    double half = camera.halfExtent();
    double x = (2 * (pixel % 64 + 0.5) / 64 - 1) * half;
    double y = (2 * (pixel / 64 + 0.5) / 64 - 1) * half;
    return new Vec3(x, y, 1);
  }

  private static Vec3 vector(Value.Raster picture, int pixel) {
    int y = pixel / 64;
    int x = pixel % 64;
    return new Vec3(
        2 * picture.at(0, y, x) - 1, 2 * picture.at(1, y, x) - 1, 2 * picture.at(2, y, x) - 1);
  }

  private static Vec3 cross(Vec3 a, Vec3 b) {
    return new Vec3(
        a.y() * b.z() - a.z() * b.y(),
        a.z() * b.x() - a.x() * b.z(),
        a.x() * b.y() - a.y() * b.x());
  }
}
