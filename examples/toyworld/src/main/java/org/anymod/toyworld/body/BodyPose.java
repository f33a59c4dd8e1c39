package org.anymod.toyworld.body;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.anymod.toyworld.geometry.Rotation;
import org.anymod.toyworld.geometry.Vec3;

/**
 * How the joints of a body are turned.
 *
 * @param rotations the turn of each joint against its parent, in the order of {@link Joint}; that
 *     of the pelvis turns the whole body
 */
public record BodyPose(List<Rotation> rotations) {

  /** Checks the number of joints and keeps a copy. */
  public BodyPose {
    rotations = List.copyOf(rotations);
    if (rotations.size() != Joint.TREE.size()) {
      throw new IllegalArgumentException(
          rotations.size() + " rotations, must be " + Joint.TREE.size());
    }
  }

  /**
   * Creates a pose.
   *
   * @param turned the joints that are not at rest
   * @return the pose
   */
  public static BodyPose of(Map<Joint, Rotation> turned) {
    List<Rotation> all = new ArrayList<>();
    for (Joint joint : Joint.TREE) {
      all.add(turned.getOrDefault(joint, Rotation.NONE));
    }
    return new BodyPose(all);
  }

  /**
   * Returns the turn of the whole body.
   *
   * @return from the body's rest frame to the frame it stands in
   */
  public Rotation root() {
    return rotations.get(0);
  }

  /**
   * Returns the turns of all joints but the pelvis.
   *
   * @return 23 rotations
   */
  public List<Rotation> limbs() {
    return rotations.subList(1, rotations.size());
  }

  /**
   * Returns the pose of the same body seen from another frame.
   *
   * @param frame what is done after the turn of the whole body
   * @return the pose
   */
  public BodyPose seenFrom(Rotation frame) {
    List<Rotation> turned = new ArrayList<>(rotations);
    turned.set(0, frame.after(root()));
    return new BodyPose(turned);
  }

  /**
   * Places the joints: each is its parent's place plus its offset turned by all joints above it.
   *
   * @param shape lengths of the body
   * @return places of all joints in metres from the pelvis
   */
  public Map<Joint, Vec3> joints(BodyShape shape) {
    Map<Joint, Rotation> frames = new EnumMap<>(Joint.class);
    Map<Joint, Vec3> places = new EnumMap<>(Joint.class);
    for (Joint joint : Joint.TREE) {
      Rotation turn = rotations.get(joint.ordinal());
      if (joint.parent().isEmpty()) {
        frames.put(joint, turn);
        places.put(joint, joint.offset());
      } else {
        Joint parent = joint.parent().get();
        Vec3 offset = frames.get(parent).apply(joint.offset().times(shape.scale()));
        frames.put(joint, frames.get(parent).after(turn));
        places.put(joint, places.get(parent).plus(offset));
      }
    }
    return Collections.unmodifiableMap(places);
  }
}
