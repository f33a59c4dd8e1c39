package org.anymod.toyworld.body;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anymod.toyworld.geometry.Vec3;

/**
 * The joints of a body in the order and with the parents of SMPL (Loper et al. 2015). The offsets
 * are rounded averages of adults with arms held sideways, not those of any published body model.
 */
public enum Joint {
  /** Root of the tree. */
  PELVIS(-1, 0, 0, 0),
  /** Left hip. */
  LEFT_HIP(0, 0.07, -0.09, -0.01),
  /** Right hip. */
  RIGHT_HIP(0, -0.07, -0.09, -0.01),
  /** Lower spine. */
  SPINE_1(0, 0, 0.11, -0.02),
  /** Left knee. */
  LEFT_KNEE(1, 0.03, -0.38, 0),
  /** Right knee. */
  RIGHT_KNEE(2, -0.03, -0.38, 0),
  /** Middle spine. */
  SPINE_2(3, 0, 0.135, 0.01),
  /** Left ankle. */
  LEFT_ANKLE(4, -0.01, -0.41, -0.03),
  /** Right ankle. */
  RIGHT_ANKLE(5, 0.01, -0.41, -0.03),
  /** Upper spine. */
  SPINE_3(6, 0, 0.055, 0.01),
  /** Ball of the left foot. */
  LEFT_FOOT(7, 0.03, -0.055, 0.12),
  /** Ball of the right foot. */
  RIGHT_FOOT(8, -0.03, -0.055, 0.12),
  /** Base of the neck. */
  NECK(9, 0, 0.21, -0.03),
  /** Left collar bone. */
  LEFT_COLLAR(9, 0.075, 0.115, -0.02),
  /** Right collar bone. */
  RIGHT_COLLAR(9, -0.075, 0.115, -0.02),
  /** Base of the skull. */
  HEAD(12, 0, 0.09, 0.04),
  /** Left shoulder. */
  LEFT_SHOULDER(13, 0.105, 0.04, -0.01),
  /** Right shoulder. */
  RIGHT_SHOULDER(14, -0.105, 0.04, -0.01),
  /** Left elbow. */
  LEFT_ELBOW(16, 0.26, -0.01, -0.02),
  /** Right elbow. */
  RIGHT_ELBOW(17, -0.26, -0.01, -0.02),
  /** Left wrist. */
  LEFT_WRIST(18, 0.25, 0.01, 0),
  /** Right wrist. */
  RIGHT_WRIST(19, -0.25, 0.01, 0),
  /** Left knuckles. */
  LEFT_HAND(20, 0.085, -0.01, -0.01),
  /** Right knuckles. */
  RIGHT_HAND(21, -0.085, -0.01, -0.01);

  /** All joints; parents come before their children. */
  static final List<Joint> TREE = List.copyOf(Arrays.asList(values()));

  private final int parent;
  private final Vec3 offset;

  Joint(int parent, double x, double y, double z) {
    this.parent = parent;
    offset = new Vec3(x, y, z);
  }

  /**
   * Returns the joint that this one hangs on.
   *
   * @return the parent; empty for the pelvis
   */
  public Optional<Joint> parent() {
    return parent < 0 ? Optional.empty() : Optional.of(TREE.get(parent));
  }

  /**
   * Returns the place seen from the parent in the rest pose.
   *
   * @return metres
   */
  public Vec3 offset() {
    return offset;
  }
}
