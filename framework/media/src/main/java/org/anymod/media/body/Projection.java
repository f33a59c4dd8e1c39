package org.anymod.media.body;

import org.anymod.media.Box;
import org.anymod.media.Point;

/**
 * Where a person's joints are in a crop of 224 x 224. The camera of a person belongs to the square
 * around the person's box whose side is the box's longer one: seen from far away, a joint at (x, y)
 * is at {@code scale * (x + right)} from left, -1, to right, 1, of the square and likewise
 * downwards. The distance of the camera follows from a focal length of 5000 pixels.
 *
 * <p>Source: S. Goel et al., "Humans in 4D: reconstructing and tracking humans with transformers",
 * 2023.
 */
final class Projection {
  private static final double FOCAL_LENGTH = 5000;
  private static final double LEAST = 1e-6;

  private Projection() {}

  /** Returns the place of each joint in pixels. */
  static Point[] of(Human human) {
    Box box = human.box();
    double side = Math.max(box.width(), box.height());
    double scale = Math.max(LEAST, side * human.camera()[0]);
    double distance = 2 * FOCAL_LENGTH / scale;
    double middle = HumanCrop.SIDE / 2;
    double right = human.camera()[1] + 2 * ((box.left() + box.right()) / 2 - middle) / scale;
    double down = human.camera()[2] + 2 * ((box.top() + box.bottom()) / 2 - middle) / scale;
    double[][] joints = Skeleton.joints(human);
    Point[] points = new Point[joints.length];
    for (int i = 0; i < points.length; i++) {
      double away = FOCAL_LENGTH / (joints[i][2] + distance);
      points[i] =
          new Point(middle + away * (joints[i][0] + right), middle + away * (joints[i][1] + down));
    }
    return points;
  }
}
