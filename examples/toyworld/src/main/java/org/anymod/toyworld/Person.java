package org.anymod.toyworld;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.anymod.toyworld.body.BodyPose;
import org.anymod.toyworld.body.BodyShape;
import org.anymod.toyworld.body.Joint;
import org.anymod.toyworld.body.Limb;
import org.anymod.toyworld.geometry.Capsule;
import org.anymod.toyworld.geometry.Figure;
import org.anymod.toyworld.geometry.Vec3;

/**
 * A person in the world. The world's z grows away from a viewer whose x grows to the right, so it
 * is left-handed, while bodies are right-handed: z changes its sign between the two.
 *
 * @param activity what the person does
 * @param shape lengths of the body
 * @param pose turns of the joints, the whole body's in the world with z reversed
 * @param pelvis place of the root joint in the world
 * @param outfit colours
 * @param figure the visible body in the world
 */
public record Person(
    Activity activity, BodyShape shape, BodyPose pose, Vec3 pelvis, Outfit outfit, Figure figure) {

  /** Puts a person's feet on the ground at a place. */
  static Person at(
      double x, double z, Activity activity, BodyShape shape, BodyPose pose, Outfit outfit) {
    Map<Joint, Vec3> joints = pose.joints(shape);
    double lowest = Double.POSITIVE_INFINITY;
    for (Capsule limb : Limb.figure(joints, shape).limbs()) {
      double end = Math.min(limb.from().y(), limb.to().y());
      lowest = Math.min(lowest, end - limb.radius());
    }
    Vec3 pelvis = new Vec3(x, -lowest, z);
    Figure figure = Limb.figure(inWorld(joints, pelvis), shape);
    return new Person(activity, shape, pose, pelvis, outfit, figure);
  }

  /**
   * Returns the places of the joints.
   *
   * @return points in the world
   */
  public Map<Joint, Vec3> joints() {
    return inWorld(pose.joints(shape), pelvis);
  }

  Vec3 albedo(Vec3 point) {
    return outfit.of(Limb.values()[figure.limb(point)].garment());
  }

  private static Map<Joint, Vec3> inWorld(Map<Joint, Vec3> joints, Vec3 pelvis) {
    Map<Joint, Vec3> placed = new EnumMap<>(Joint.class);
    joints.forEach(
        (joint, at) -> placed.put(joint, pelvis.plus(new Vec3(at.x(), at.y(), -at.z()))));
    return Collections.unmodifiableMap(placed);
  }
}
