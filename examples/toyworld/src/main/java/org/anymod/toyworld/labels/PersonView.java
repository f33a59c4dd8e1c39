package org.anymod.toyworld.labels;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anymod.toyworld.Person;
import org.anymod.toyworld.body.BodyPose;
import org.anymod.toyworld.body.Joint;
import org.anymod.toyworld.geometry.Camera;
import org.anymod.toyworld.geometry.Capsule;
import org.anymod.toyworld.geometry.Rotation;
import org.anymod.toyworld.geometry.Vec3;

/**
 * How a person appears in a picture, in the terms of HMR 2.0 (Goel et al. 2023): pose and camera
 * are those of a square crop around the person. A joint at {@code (x, y, z)} of the pose appears at
 * {@code scale * (x + tx)} from left (-1) to right (1) of the square around the box whose side is
 * the box's longer one, and at {@code scale * (y + ty)} from top to bottom.
 *
 * @param box left, top, right and bottom in pixels, whether or not others stand in front
 * @param pose seen from a camera turned to the pelvis: x to the right, y down, z away
 * @param scale of metres to half sides of the square
 * @param tx metres to the right
 * @param ty metres down
 */
public record PersonView(List<Double> box, BodyPose pose, double scale, double tx, double ty) {

  /**
   * Looks at a person.
   *
   * @param person the person
   * @param camera the viewer
   * @param size side of the picture in pixels
   * @return scale and place fit the joints best by least squares, since the world's camera has a
   *     perspective and this one has none
   */
  public static PersonView of(Person person, Camera camera, int size) {
    List<Double> box = box(person, camera, size);
    double side = Math.max(box.get(2) - box.get(0), box.get(3) - box.get(1));
    BodyPose pose = person.pose().seenFrom(frame(person.pelvis(), camera));
    Map<Joint, Vec3> joints = pose.joints(person.shape());
    Map<Joint, Vec3> world = person.joints();
    List<Vec3> places = new ArrayList<>();
    List<Vec3> seen = new ArrayList<>();
    for (Joint joint : Joint.values()) {
      Vec3 at = camera.project(world.get(joint));
      places.add(joints.get(joint));
      seen.add(
          new Vec3(
              (2 * at.x() * size - box.get(0) - box.get(2)) / side,
              (2 * at.y() * size - box.get(1) - box.get(3)) / side,
              0));
    }
    return fitted(box, pose, places, seen);
  }

  private static PersonView fitted(
      List<Double> box, BodyPose pose, List<Vec3> places, List<Vec3> seen) {
    Vec3 place = mean(places);
    Vec3 mean = mean(seen);
    double common = 0;
    double spread = 0;
    for (int i = 0; i < places.size(); i++) {
      Vec3 from = places.get(i).minus(place);
      Vec3 to = seen.get(i).minus(mean);
      common += from.x() * to.x() + from.y() * to.y();
      spread += from.x() * from.x() + from.y() * from.y();
    }
    double scale = common / spread;
    return new PersonView(
        box, pose, scale, mean.x() / scale - place.x(), mean.y() / scale - place.y());
  }

  private static Vec3 mean(List<Vec3> points) {
    Vec3 sum = new Vec3(0, 0, 0);
    for (Vec3 point : points) {
      sum = sum.plus(point);
    }
    return sum.times(1.0 / points.size());
  }

  /** The box around all limbs, each end of which is seen as a disc. */
  private static List<Double> box(Person person, Camera camera, int size) {
    double[] box = {1, 1, 0, 0};
    for (Capsule limb : person.figure().limbs()) {
      for (Vec3 end : List.of(limb.from(), limb.to())) {
        Vec3 seen = camera.project(end);
        double radius = limb.radius() / (2 * camera.halfExtent() * seen.z());
        box[0] = Math.min(box[0], seen.x() - radius);
        box[1] = Math.min(box[1], seen.y() - radius);
        box[2] = Math.max(box[2], seen.x() + radius);
        box[3] = Math.max(box[3], seen.y() + radius);
      }
    }
    List<Double> pixels = new ArrayList<>();
    for (double place : box) {
      pixels.add(Math.max(0, Math.min(1, place)) * size);
    }
    return List.copyOf(pixels);
  }

  /** From the frame of bodies, in which z is the world's reversed, to that of the turned camera. */
  private static Rotation frame(Vec3 pelvis, Camera camera) {
    Vec3 away = pelvis.minus(camera.position()).normalized();
    Vec3 level = camera.right().minus(away.times(camera.right().dot(away))).normalized();
    Vec3 down =
        new Vec3(
            level.y() * away.z() - level.z() * away.y(),
            level.z() * away.x() - level.x() * away.z(),
            level.x() * away.y() - level.y() * away.x());
    return new Rotation(reversed(level), reversed(down), reversed(away));
  }

  private static Vec3 reversed(Vec3 row) {
    return new Vec3(row.x(), row.y(), -row.z());
  }
}
