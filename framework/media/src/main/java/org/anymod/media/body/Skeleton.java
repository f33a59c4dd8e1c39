package org.anymod.media.body;

/**
 * The joints of a body: numbers, tree and sides are those of SMPL (M. Loper et al., "SMPL: a
 * skinned multi-person linear model", 2015). SMPL's own measures cannot be shipped; the offsets are
 * rounded averages of adults in metres, symmetric, x to the body's left, y up, z forward, and the
 * numbers of a person's shape do not change them.
 */
final class Skeleton {
  /** Number of joints, the pelvis included. */
  static final int JOINTS = 24;

  /** Number of joints that a body pose turns: all but the pelvis. */
  static final int TURNED = JOINTS - 1;

  private static final int[] PARENTS = {
    -1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12, 13, 14, 16, 17, 18, 19, 20, 21
  };

  /** The joint that a mirror shows in the place of each. */
  private static final int[] MIRRORED = {
    0, 2, 1, 3, 5, 4, 6, 8, 7, 9, 11, 10, 12, 14, 13, 15, 17, 16, 19, 18, 21, 20, 23, 22
  };

  /** Places seen from the parent at rest. */
  private static final double[][] OFFSETS = {
    {0, 0, 0},
    {0.07, -0.09, -0.01},
    {-0.07, -0.09, -0.01},
    {0, 0.11, -0.02},
    {0.03, -0.38, 0},
    {-0.03, -0.38, 0},
    {0, 0.135, 0.01},
    {-0.01, -0.41, -0.03},
    {0.01, -0.41, -0.03},
    {0, 0.055, 0.01},
    {0.03, -0.055, 0.12},
    {-0.03, -0.055, 0.12},
    {0, 0.21, -0.03},
    {0.075, 0.115, -0.02},
    {-0.075, 0.115, -0.02},
    {0, 0.09, 0.04},
    {0.105, 0.04, -0.01},
    {-0.105, 0.04, -0.01},
    {0.26, -0.01, -0.02},
    {-0.26, -0.01, -0.02},
    {0.25, 0.01, 0},
    {-0.25, 0.01, 0},
    {0.085, -0.01, -0.01},
    {-0.085, -0.01, -0.01}
  };

  private Skeleton() {}

  /** Returns the joint that a joint hangs on; -1 for the pelvis. */
  static int parent(int joint) {
    return PARENTS[joint];
  }

  /**
   * Places the joints of a person by forward kinematics.
   *
   * @return for each joint x, y and z in metres from the pelvis, in the axes of the camera: x to
   *     the right, y down, z away; a body whose pose is unknown is at rest
   */
  static double[][] joints(Human human) {
    double[][] frames = new double[JOINTS][];
    double[][] places = new double[JOINTS][];
    frames[0] = Rotations.nearest(human.orient(), 0);
    places[0] = new double[3];
    for (int joint = 1; joint < JOINTS; joint++) {
      int parent = PARENTS[joint];
      int at = (joint - 1) * Rotations.SIZE;
      double[] turn =
          human.body().map(body -> Rotations.nearest(body, at)).orElseGet(Rotations::identity);
      frames[joint] = Rotations.product(frames[parent], turn);
      double[] bone = Rotations.turned(frames[parent], OFFSETS[joint]);
      places[joint] =
          new double[] {
            places[parent][0] + bone[0], places[parent][1] + bone[1], places[parent][2] + bone[2]
          };
    }
    return places;
  }

  /** Returns the rotations of a body pose seen in a mirror: left and right change places. */
  static double[] mirrored(double[] body) {
    double[] result = new double[body.length];
    for (int joint = 1; joint < JOINTS; joint++) {
      double[] turn = Rotations.mirrored(body, (MIRRORED[joint] - 1) * Rotations.SIZE);
      System.arraycopy(turn, 0, result, (joint - 1) * Rotations.SIZE, Rotations.SIZE);
    }
    return result;
  }

  /** Returns the joint that a mirror shows in the place of another. */
  static int mirrored(int joint) {
    return MIRRORED[joint];
  }
}
