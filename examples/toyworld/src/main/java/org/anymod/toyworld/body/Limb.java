package org.anymod.toyworld.body;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anymod.toyworld.geometry.Capsule;
import org.anymod.toyworld.geometry.Figure;
import org.anymod.toyworld.geometry.Vec3;

/** The visible parts of a body, each between two joints. */
public enum Limb {
  /** Hips and belly. */
  BELLY(Joint.PELVIS, Joint.SPINE_2, 0.12, 0, 1, Garment.SHIRT),
  /** Chest. */
  CHEST(Joint.SPINE_2, Joint.NECK, 0.125, 0, 0.75, Garment.SHIRT),
  /** From one shoulder to the other. */
  SHOULDERS(Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, 0.07, 0, 1, Garment.SHIRT),
  /** From one hip to the other. */
  HIPS(Joint.LEFT_HIP, Joint.RIGHT_HIP, 0.105, 0, 1, Garment.TROUSERS),
  /** Throat. */
  THROAT(Joint.NECK, Joint.HEAD, 0.055, 0, 1, Garment.SKIN),
  /** Head, beyond the end of the throat. */
  SKULL(Joint.NECK, Joint.HEAD, 0.1, 1.5, 2.1, Garment.SKIN),
  /** Left thigh. */
  LEFT_THIGH(Joint.LEFT_HIP, Joint.LEFT_KNEE, 0.08, 0, 1, Garment.TROUSERS),
  /** Right thigh. */
  RIGHT_THIGH(Joint.RIGHT_HIP, Joint.RIGHT_KNEE, 0.08, 0, 1, Garment.TROUSERS),
  /** Left shin. */
  LEFT_SHIN(Joint.LEFT_KNEE, Joint.LEFT_ANKLE, 0.058, 0, 1, Garment.TROUSERS),
  /** Right shin. */
  RIGHT_SHIN(Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE, 0.058, 0, 1, Garment.TROUSERS),
  /** Left foot. */
  LEFT_SOLE(Joint.LEFT_ANKLE, Joint.LEFT_FOOT, 0.045, 0, 1, Garment.SHOES),
  /** Right foot. */
  RIGHT_SOLE(Joint.RIGHT_ANKLE, Joint.RIGHT_FOOT, 0.045, 0, 1, Garment.SHOES),
  /** Left upper arm. */
  LEFT_UPPER_ARM(Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, 0.052, 0, 1, Garment.SHIRT),
  /** Right upper arm. */
  RIGHT_UPPER_ARM(Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, 0.052, 0, 1, Garment.SHIRT),
  /** Left forearm. */
  LEFT_FOREARM(Joint.LEFT_ELBOW, Joint.LEFT_WRIST, 0.043, 0, 1, Garment.SKIN),
  /** Right forearm. */
  RIGHT_FOREARM(Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST, 0.043, 0, 1, Garment.SKIN),
  /** Left hand. */
  LEFT_PALM(Joint.LEFT_WRIST, Joint.LEFT_HAND, 0.045, 0, 1, Garment.SKIN),
  /** Right hand. */
  RIGHT_PALM(Joint.RIGHT_WRIST, Joint.RIGHT_HAND, 0.045, 0, 1, Garment.SKIN);

  private final Joint from;
  private final Joint to;
  private final double radius;
  private final double begin;
  private final double end;
  private final Garment garment;

  Limb(Joint from, Joint to, double radius, double begin, double end, Garment garment) {
    this.from = from;
    this.to = to;
    this.radius = radius;
    this.begin = begin;
    this.end = end;
    this.garment = garment;
  }

  /**
   * Returns what covers the limb.
   *
   * @return the garment
   */
  public Garment garment() {
    return garment;
  }

  /**
   * Builds the body around its joints.
   *
   * @param joints places of all joints
   * @param shape thickness of the limbs
   * @return a figure with one capsule a limb, in the order of this list
   */
  public static Figure figure(Map<Joint, Vec3> joints, BodyShape shape) {
    List<Capsule> capsules = new ArrayList<>();
    for (Limb limb : values()) {
      capsules.add(limb.capsule(joints, shape));
    }
    return new Figure(capsules);
  }

  /** Begin and end are in lengths of the way from one joint to the other. */
  private Capsule capsule(Map<Joint, Vec3> joints, BodyShape shape) {
    Vec3 start = joints.get(from);
    Vec3 way = joints.get(to).minus(start);
    return new Capsule(
        start.plus(way.times(begin)), start.plus(way.times(end)), radius * shape.thickness());
  }
}
