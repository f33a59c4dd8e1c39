package org.anymod.toyworld;

import java.util.EnumMap;
import java.util.Map;
import org.anymod.toyworld.body.BodyPose;
import org.anymod.toyworld.body.Joint;
import org.anymod.toyworld.geometry.Rotation;

/**
 * Draws poses: each activity gives the joints their usual angles, chance adds some degrees to each.
 * Angles are within what joints of people allow.
 */
final class PoseComposer {
  private static final double DEGREE = Math.PI / 180;

  private final Chance chance;
  private final Map<Joint, Rotation> turned = new EnumMap<>(Joint.class);

  PoseComposer(Chance chance) {
    this.chance = chance;
  }

  /** Draws a pose whose body looks in a direction, in radians. */
  BodyPose compose(Activity activity, double heading) {
    turned.clear();
    turned.put(Joint.PELVIS, Rotation.aboutY(heading));
    turned.put(Joint.SPINE_1, x(4, 5));
    turned.put(Joint.SPINE_3, Rotation.aboutY(about(0, 12)));
    turned.put(Joint.HEAD, Rotation.aboutY(about(0, 35)).after(x(0, 12)));
    legs(activity);
    arms(activity);
    return BodyPose.of(turned);
  }

  private void legs(Activity activity) {
    switch (activity) {
      case WALKING -> {
        double stride = chance.between(18, 32) * (chance.with(0.5) ? 1 : -1);
        leg(true, stride, stride < 0 ? 12 : 32, 0);
        leg(false, -stride, stride < 0 ? 32 : 12, 0);
      }
      case CROUCHING -> {
        double depth = chance.between(55, 85);
        turned.put(Joint.SPINE_1, x(25, 8));
        leg(true, -depth, 1.75 * depth, -0.75 * depth);
        leg(false, -depth, 1.75 * depth, -0.75 * depth);
      }
      case STANDING, WAVING, CHEERING, BALANCING -> {
        leg(true, 0, 4, 0);
        leg(false, 0, 4, 0);
      }
    }
  }

  /** Negative swings go forward; knees bend backwards with positive angles. */
  private void leg(boolean left, double swing, double knee, double ankle) {
    double outwards = about(left ? 5 : -5, 4);
    turned.put(
        left ? Joint.LEFT_HIP : Joint.RIGHT_HIP, x(swing, 4).after(Rotation.aboutZ(outwards)));
    turned.put(left ? Joint.LEFT_KNEE : Joint.RIGHT_KNEE, x(knee, 4));
    turned.put(left ? Joint.LEFT_ANKLE : Joint.RIGHT_ANKLE, x(ankle, 3));
  }

  private void arms(Activity activity) {
    switch (activity) {
      case STANDING -> {
        arm(true, -72, 0, 15);
        arm(false, -72, 0, 15);
      }
      case WALKING -> {
        double swing = chance.between(-30, 30);
        arm(true, -72, swing, 30);
        arm(false, -72, -swing, 30);
      }
      case WAVING -> {
        boolean left = chance.with(0.5);
        arm(left, 48, 0, 55);
        arm(!left, -72, 0, 15);
      }
      case CHEERING -> {
        arm(true, 58, 0, 15);
        arm(false, 58, 0, 15);
      }
      case BALANCING -> {
        arm(true, 2, 0, 6);
        arm(false, 2, 0, 6);
      }
      case CROUCHING -> {
        arm(true, -55, -45, 45);
        arm(false, -55, -45, 45);
      }
    }
  }

  /** Arms at rest are level; positive angles raise them, negative swings bring them forward. */
  private void arm(boolean left, double raise, double swing, double elbow) {
    int side = left ? 1 : -1;
    Rotation lift = Rotation.aboutZ(side * about(raise, 8));
    turned.put(left ? Joint.LEFT_SHOULDER : Joint.RIGHT_SHOULDER, x(swing, 8).after(lift));
    Rotation bend = Rotation.aboutY(-side * Math.max(0, about(elbow, 10)));
    turned.put(left ? Joint.LEFT_ELBOW : Joint.RIGHT_ELBOW, bend);
    turned.put(left ? Joint.LEFT_WRIST : Joint.RIGHT_WRIST, x(0, 15));
  }

  private Rotation x(double degrees, double spread) {
    return Rotation.aboutX(about(degrees, spread));
  }

  private double about(double degrees, double spread) {
    return (degrees + chance.between(-spread, spread)) * DEGREE;
  }
}
