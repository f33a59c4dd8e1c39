package org.anymod.toyworld.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.anymod.toyworld.geometry.Rotation;
import org.anymod.toyworld.geometry.Vec3;
import org.junit.jupiter.api.Test;

class BodyPoseTest {
  private static final BodyShape MEAN = new BodyShape(0, 0);
  private static final double QUARTER = Math.PI / 2;

  @Test
  void treeIsThatOfThePublishedModel() {
    int[] parents = {
      -1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12, 13, 14, 16, 17, 18, 19, 20, 21
    };
    assertThat(Joint.values()).hasSize(24);
    for (Joint joint : Joint.values()) {
      int parent = joint.parent().map(Joint::ordinal).orElse(-1);
      assertThat(parent).as(joint.name()).isEqualTo(parents[joint.ordinal()]);
    }
  }

  @Test
  void restPoseIsTallAsAPersonWithArmsHeldSideways() {
    Map<Joint, Vec3> joints = BodyPose.of(Map.of()).joints(MEAN);
    assertThat(joints.get(Joint.LEFT_WRIST).x()).isGreaterThan(0.6);
    assertThat(joints.get(Joint.RIGHT_WRIST).x()).isLessThan(-0.6);
    assertThat(joints.get(Joint.HEAD).y() - joints.get(Joint.LEFT_FOOT).y()).isBetween(1.4, 1.7);
    assertThat(joints.get(Joint.LEFT_FOOT).z()).isPositive();
  }

  @Test
  void turnsOfJointsMoveWhatHangsOnThem() {
    Rotation down = Rotation.aboutZ(-QUARTER);
    Map<Joint, Vec3> joints = BodyPose.of(Map.of(Joint.LEFT_SHOULDER, down)).joints(MEAN);
    Vec3 shoulder = joints.get(Joint.LEFT_SHOULDER);
    Vec3 wrist = joints.get(Joint.LEFT_WRIST);
    assertThat(wrist.y()).isCloseTo(shoulder.y() - 0.51, within(1e-9));
    assertThat(wrist.x()).isCloseTo(shoulder.x(), within(0.02));
  }

  @Test
  void turnOfTheWholeBodyTurnsAllJoints() {
    BodyPose pose = BodyPose.of(Map.of(Joint.LEFT_KNEE, Rotation.aboutX(1)));
    Rotation turn = Rotation.aboutY(0.7).after(Rotation.aboutX(0.2));
    Map<Joint, Vec3> before = pose.joints(MEAN);
    Map<Joint, Vec3> after = pose.seenFrom(turn).joints(MEAN);
    for (Joint joint : Joint.values()) {
      assertThat(after.get(joint).minus(turn.apply(before.get(joint))).length())
          .isCloseTo(0, within(1e-12));
    }
  }

  @Test
  void shapesHaveTenNumbersAndLimits() {
    assertThat(new BodyShape(1.5, -0.5).betas())
        .containsExactly(1.5, -0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    assertThatThrownBy(() -> new BodyShape(3.5, 0))
        .hasMessage("stature is 3.5 and girth 0.0, both must be -3 to 3");
    assertThatThrownBy(() -> new BodyPose(List.of(Rotation.NONE)))
        .hasMessage("1 rotations, must be 24");
  }
}
