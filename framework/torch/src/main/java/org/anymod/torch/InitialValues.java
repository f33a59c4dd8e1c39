package org.anymod.torch;

import java.util.Arrays;

/** Initial values of weights as functions of a seed and the weight's name. */
public final class InitialValues {
  private final long seed;

  /**
   * Creates the initial values of a network.
   *
   * @param seed seed of the network
   */
  public InitialValues(long seed) {
    this.seed = seed;
  }

  /**
   * Draws from a normal distribution with mean 0.
   *
   * @param name name of the weight
   * @param count how many numbers
   * @param deviation standard deviation
   * @return the numbers
   */
  public float[] normal(String name, long count, double deviation) {
    StreamRandom random = StreamRandom.at(seed, name);
    float[] values = new float[Math.toIntExact(count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return values;
  }

  /**
   * Draws from a uniform distribution around 0.
   *
   * @param name name of the weight
   * @param count how many numbers
   * @param bound numbers lie in [-bound, bound)
   * @return the numbers
   */
  public float[] uniform(String name, long count, double bound) {
    StreamRandom random = StreamRandom.at(seed, name);
    float[] values = new float[Math.toIntExact(count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((random.nextDouble() * 2 - 1) * bound);
    }
    return values;
  }

  /**
   * Draws a weight matrix after Glorot and Bengio (2010): uniform with bound {@code sqrt(6 / (out +
   * in))}. A matrix that packs several projections is bounded as one of them.
   *
   * @param name name of the weight
   * @param out rows of the matrix
   * @param in columns of the matrix
   * @param packed number of projections in the matrix, 3 for packed query, key and value
   * @return the numbers
   */
  public float[] xavier(String name, long out, long in, int packed) {
    return uniform(name, out * in, Math.sqrt(6.0 / ((double) out / packed + in)));
  }

  /**
   * Returns equal numbers.
   *
   * @param count how many
   * @param value the number
   * @return the numbers
   */
  public static float[] constant(long count, float value) {
    float[] values = new float[Math.toIntExact(count)];
    Arrays.fill(values, value);
    return values;
  }
}
