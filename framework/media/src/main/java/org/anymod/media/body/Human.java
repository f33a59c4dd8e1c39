package org.anymod.media.body;

import java.util.List;
import java.util.Optional;
import org.anymod.media.Box;

/**
 * One person. Arrays are not copied and not written to.
 *
 * @param box where the person is, in pixels
 * @param camera scale, and place to the right and down, see {@link Projection}
 * @param orient how the pelvis is turned, 3 x 3 numbers
 * @param body how the other 23 joints are turned against their parents, 23 x 3 x 3 numbers
 * @param shape ten numbers of the shape of the body, each about -3 to 3
 * @param codes the codes of the body pose
 */
record Human(
    Box box,
    double[] camera,
    double[] orient,
    Optional<double[]> body,
    double[] shape,
    Optional<List<Integer>> codes) {
  static final int CAMERA = 3;
  static final int SHAPE = 10;
  static final int CODES = 8;
  static final int BODY = Skeleton.TURNED * Rotations.SIZE;

  Human with(Box other) {
    return new Human(other, camera, orient, body, shape, codes);
  }

  Human withCodes(List<Integer> other) {
    return new Human(box, camera, orient, body, shape, Optional.of(other));
  }

  Human withBody(double[] other) {
    return new Human(box, camera, orient, Optional.of(other), shape, codes);
  }

  /** Returns whether only the codes of the pose are known. */
  boolean isOnlyCoded() {
    return body.isEmpty() && codes.isPresent();
  }

  /** Returns the person in a mirror; the box stays as it is. Codes do not hold any more. */
  Human mirrored() {
    return new Human(
        box,
        new double[] {camera[0], -camera[1], camera[2]},
        Rotations.mirrored(orient, 0),
        body.map(Skeleton::mirrored),
        shape,
        Optional.empty());
  }
}
