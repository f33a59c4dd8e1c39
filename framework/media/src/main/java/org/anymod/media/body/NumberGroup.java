package org.anymod.media.body;

/** The groups of words that follow a person's box, and the ranges of their numbers. */
enum NumberGroup {
  /** Codes of the body pose. */
  POSE("pose", Human.CODES, 1, 0) {
    @Override
    double[] numbers(Human human) {
      throw new IllegalArgumentException("codes are no numbers");
    }
  },
  /** How the body is turned, -1 to 1. */
  GLOBAL("global", Rotations.SIZE, 499.5, 499.5) {
    @Override
    double[] numbers(Human human) {
      return human.orient();
    }
  },
  /** Scale and place, -1 to 19. */
  CAMERA("camera", Human.CAMERA, 49.95, 49.95) {
    @Override
    double[] numbers(Human human) {
      return human.camera();
    }
  },
  /** Shape of the body, -3 to 3. */
  SHAPE("shape", Human.SHAPE, 166.5, 499.5) {
    @Override
    double[] numbers(Human human) {
      return human.shape();
    }
  };

  private final String word;
  private final int count;
  private final double factor;
  private final double zero;

  NumberGroup(String word, int count, double factor, double zero) {
    this.word = word;
    this.count = count;
    this.factor = factor;
    this.zero = zero;
  }

  /** Returns the numbers of a person. */
  abstract double[] numbers(Human human);

  /** Returns the word that comes first. */
  String word() {
    return word;
  }

  /** Returns the number of words that follow it. */
  int count() {
    return count;
  }

  /** Returns the bin of a number, neither rounded nor cut to what the vocabulary has. */
  double bin(double number) {
    return factor * number + zero;
  }

  /** Returns the number that a bin stands for. */
  double number(double bin) {
    return (bin - zero) / factor;
  }
}
