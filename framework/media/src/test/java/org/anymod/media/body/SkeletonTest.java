package org.anymod.media.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.anymod.media.Box;
import org.anymod.media.Point;
import org.anymod.spi.Crop;
import org.anymod.spi.Modality;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class SkeletonTest {
  private static final Modality BODIES = People.sequence(People.RULES);
  private static final double[] UPRIGHT = {1, 0, 0, 0, -1, 0, 0, 0, -1};

  @Test
  void standsUprightAtRest() {
    double[][] joints = Skeleton.joints(standing(Optional.empty()));
    assertThat(joints[15][1]).as("the head is up, where y is small").isLessThan(-0.5);
    assertThat(joints[7][1]).as("the ankle is down").isGreaterThan(0.8);
    assertThat(joints[22][0]).as("the left hand is to the right of who faces us").isPositive();
    assertThat(joints[10][2]).as("feet point to us").isNegative();
  }

  @Test
  void bonesKeepTheirLengthInAnyPose() {
    double[][] rest = Skeleton.joints(standing(Optional.empty()));
    for (Human human : People.FILE.of(People.random(new Random(2), 20, 224))) {
      double[][] joints = Skeleton.joints(human);
      for (int joint = 1; joint < Skeleton.JOINTS; joint++) {
        int parent = Skeleton.parent(joint);
        assertThat(length(joints[joint], joints[parent]))
            .isCloseTo(length(rest[joint], rest[parent]), within(1e-9));
      }
    }
  }

  @Test
  void turnsWhatHangsOnAJoint() {
    double[] body = new double[Human.BODY];
    for (int at = 0; at < body.length; at += Rotations.SIZE) {
      System.arraycopy(Rotations.identity(), 0, body, at, Rotations.SIZE);
    }
    // The left elbow, joint 18, a quarter turn about the body's forward axis.
    System.arraycopy(
        new double[] {0, -1, 0, 1, 0, 0, 0, 0, 1}, 0, body, 17 * Rotations.SIZE, Rotations.SIZE);
    double[][] rest = Skeleton.joints(standing(Optional.empty()));
    double[][] joints = Skeleton.joints(standing(Optional.of(body)));
    assertThat(joints[18]).containsExactly(rest[18], within(1e-12));
    assertThat(joints[20][1]).as("the wrist is up").isLessThan(rest[18][1] - 0.2);
    assertThat(joints[21]).containsExactly(rest[21], within(1e-12));
  }

  @Test
  void aMirroredCropShowsTheMirroredBody() {
    for (int seed = 0; seed < 20; seed++) {
      Value value = People.random(new Random(seed), 1, 100);
      Human seen = only(BODIES.crop(value, new Crop(0, 0, 100, 100, false, 100, 100), 64));
      Human mirrored = only(BODIES.crop(value, new Crop(0, 0, 100, 100, true, 100, 100), 64));
      assertThat(mirrored.box().left()).isCloseTo(224 - seen.box().right(), within(1e-9));
      double[][] joints = Skeleton.joints(seen);
      double[][] others = Skeleton.joints(mirrored);
      Point[] places = Projection.of(seen);
      Point[] otherPlaces = Projection.of(mirrored);
      for (int joint = 0; joint < Skeleton.JOINTS; joint++) {
        int other = Skeleton.mirrored(joint);
        assertThat(others[other])
            .as("seed %d, joint %d", seed, joint)
            .containsExactly(
                new double[] {-joints[joint][0], joints[joint][1], joints[joint][2]}, within(1e-9));
        assertThat(otherPlaces[other].x()).isCloseTo(224 - places[joint].x(), within(1e-6));
        assertThat(otherPlaces[other].y()).isCloseTo(places[joint].y(), within(1e-6));
      }
    }
  }

  @Test
  void mirroringTwiceChangesNothing() {
    for (Human human : People.FILE.of(People.random(new Random(8), 5, 224))) {
      Human twice = human.mirrored().mirrored();
      assertThat(twice.body().orElseThrow()).containsExactly(human.body().orElseThrow());
      assertThat(twice.orient()).containsExactly(human.orient());
      assertThat(twice.camera()).containsExactly(human.camera());
    }
  }

  @Test
  void projectsIntoTheSquareAroundTheBox() {
    Human human = standing(Optional.empty());
    Point pelvis = Projection.of(human)[0];
    assertThat(pelvis.x()).isCloseTo(100 + 0.8 * 0.1 * 60, within(0.1));
    assertThat(pelvis.y()).isCloseTo(120 - 0.8 * 0.2 * 60, within(0.1));
    double head = Projection.of(human)[15].y();
    double expected = pelvis.y() + 0.8 * 60 * Skeleton.joints(human)[15][1];
    assertThat(head).isCloseTo(expected, within(0.5));
  }

  @Test
  void repairsMatricesThatAreNoRotations() {
    double[] rotation = People.rotations(new Random(3), 1);
    double[] scaled = new double[9];
    for (int i = 0; i < 9; i++) {
      scaled[i] = 0.5 * rotation[i];
    }
    assertThat(Rotations.nearest(scaled, 0)).containsExactly(rotation, within(1e-12));
    assertThat(Rotations.nearest(new double[9], 0)).containsExactly(Rotations.identity());
    assertThat(Rotations.nearest(new double[] {1, 0, 0, 1, 0, 0, 0, 0, 0}, 0))
        .containsExactly(Rotations.identity());
  }

  @Test
  void drawsSkeletonsOnWhite() {
    Value value = HumanFile.toValue(List.of(standing(Optional.empty())));
    BufferedImage image = ((Rendering.Picture) BODIES.renderer().render(value)).image();
    assertThat(image.getWidth()).isEqualTo(224);
    assertThat(image.getRGB(1, 1) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    Point spine = Projection.of(standing(Optional.empty()))[3];
    assertThat(image.getRGB((int) spine.x(), (int) spine.y()) & 0xFFFFFF).isNotEqualTo(0xFFFFFF);
    assertThat(BODIES.renderer().render(HumanFile.toValue(List.of())))
        .isInstanceOf(Rendering.Picture.class);
  }

  private static Human only(Value value) {
    return People.FILE.of(value).get(0);
  }

  private static double length(double[] a, double[] b) {
    return Math.sqrt(
        Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
  }

  private static Human standing(Optional<double[]> body) {
    return new Human(
        new Box(70, 60, 130, 180),
        new double[] {0.8, 0.1, -0.2},
        UPRIGHT,
        body,
        new double[Human.SHAPE],
        Optional.empty());
  }
}
