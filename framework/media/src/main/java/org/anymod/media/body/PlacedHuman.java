package org.anymod.media.body;

import org.anymod.media.Box;
import org.anymod.media.measures.AlignedPoints;

/**
 * Where a person is and how the body stands.
 *
 * @param box the box in the picture
 * @param joints x, y and z of each joint from the pelvis, in metres
 */
record PlacedHuman(Box box, double[][] joints) {

  /** Returns the mean distance of the joints, in metres. */
  double distance(PlacedHuman other) {
    double sum = 0;
    for (int i = 0; i < joints.length; i++) {
      double squared = 0;
      for (int axis = 0; axis < 3; axis++) {
        double difference = joints[i][axis] - other.joints[i][axis];
        squared += difference * difference;
      }
      sum += Math.sqrt(squared);
    }
    return sum / joints.length;
  }

  /** Returns the mean distance after the best turn, scale and move of this body, in metres. */
  double alignedDistance(PlacedHuman other) {
    return AlignedPoints.meanDistance(joints, other.joints);
  }
}
