package org.anymod.core.retrieval;

import java.util.Locale;

/** How two vectors are compared. */
public enum Similarity {
  /** The cosine of the angle between them; 0 where one is zero. */
  COSINE {
    @Override
    double raw(float[] a, int atA, float[] b, int atB, int width) {
      double product = 0;
      double squareA = 0;
      double squareB = 0;
      for (int i = 0; i < width; i++) {
        double x = a[atA + i];
        double y = b[atB + i];
        product += x * y;
        squareA += x * x;
        squareB += y * y;
      }
      return squareA == 0 || squareB == 0 ? 0 : product / Math.sqrt(squareA * squareB);
    }

    @Override
    double shown(double raw) {
      return raw;
    }
  },

  /** The Euclidean distance, with a minus before it so that more is more alike. */
  L2 {
    @Override
    double raw(float[] a, int atA, float[] b, int atB, int width) {
      double sum = 0;
      for (int i = 0; i < width; i++) {
        double difference = (double) a[atA + i] - b[atB + i];
        sum += difference * difference;
      }
      return -sum;
    }

    @Override
    double shown(double raw) {
      return raw == 0 ? 0 : -Math.sqrt(-raw);
    }
  };

  /** Compares in double precision; equal vectors give equal numbers. */
  abstract double raw(float[] a, int atA, float[] b, int atB, int width);

  /** The score of {@link #raw} as people see it. */
  abstract double shown(double raw);

  /** A copy of a vector at length 1; zero stays zero. */
  static float[] atUnitLength(float[] vector) {
    double square = 0;
    for (float x : vector) {
      square += (double) x * x;
    }
    double length = square == 0 ? 1 : Math.sqrt(square);
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  /**
   * Finds a similarity by its name.
   *
   * @param name {@code cosine} or {@code l2}
   * @return the similarity
   * @throws IllegalArgumentException if it is another name
   */
  public static Similarity of(String name) {
    for (Similarity similarity : values()) {
      if (similarity.label().equals(name)) {
        return similarity;
      }
    }
    throw new IllegalArgumentException("similarity is '" + name + "', must be cosine or l2");
  }

  /**
   * Returns the name that {@link #of} finds.
   *
   * @return the name in lower case
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
