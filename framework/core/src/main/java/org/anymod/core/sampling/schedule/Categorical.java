package org.anymod.core.sampling.schedule;

/**
 * Draws one token from logits: filter by top-k and top-p, divide by the temperature, take the
 * softmax, and invert its cumulative distribution. Safe for use by several threads; allocates only
 * when a thread meets a larger vocabulary.
 */
public final class Categorical {
  /** Temperatures up to this take the most probable token. */
  private static final double GREEDY = 1e-10;

  private static final ThreadLocal<Categorical> SCRATCH =
      ThreadLocal.withInitial(() -> new Categorical(0));

  private final Filtering filter;
  private final double[] probabilities;

  private Categorical(int capacity) {
    this.filter = new Filtering(capacity);
    this.probabilities = new double[capacity];
  }

  /**
   * Draws a token.
   *
   * @param logits holds the token's logits, one for each entry of the vocabulary; minus infinity
   *     for what is impossible
   * @param from index of the first entry's logit
   * @param to index behind the last entry's logit
   * @param temperature at least 0; up to 1e-10 takes the most probable token, the first of several
   * @param topK number of most probable tokens that may be drawn, 0 for all; those as probable as
   *     the last one count as one
   * @param topP mass of the most probable tokens that may be drawn, the one that crosses it
   *     included; 0 for all
   * @param uniform what decides, from 0 to less than 1
   * @param confidenceOut1 receives at index 0 the probability of the token after filter and
   *     temperature, 1 for the most probable one at temperature 0
   * @return the token, 0 to {@code to - from - 1}
   * @throws IllegalArgumentException if a number is out of range, or the logits are no
   *     distribution: NaN, plus infinity, or nothing possible
   */
  public static int sample(
      float[] logits,
      int from,
      int to,
      double temperature,
      int topK,
      double topP,
      double uniform,
      float[] confidenceOut1) {
    check(logits, from, to, temperature, topK, topP);
    int best = mostProbable(logits, from, to);
    if (temperature <= GREEDY) {
      confidenceOut1[0] = 1;
      return best - from;
    }
    Categorical scratch = scratch(to - from);
    float smallest = scratch.filter.smallestKept(logits, from, to, topK, topP);
    return scratch.draw(
        logits, from, to, logits[best], smallest, temperature, uniform, confidenceOut1);
  }

  /**
   * Computes the probability of a token after filter and temperature.
   *
   * @param logits holds the logits, as in {@link #sample}
   * @param from index of the first entry's logit
   * @param to index behind the last entry's logit
   * @param temperature above 0
   * @param topK number of most probable tokens that may be drawn, 0 for all
   * @param topP mass of the most probable tokens that may be drawn; 0 for all
   * @param token the token, 0 to {@code to - from - 1}
   * @return its probability, 0 if the filter drops it
   * @throws IllegalArgumentException if a number is out of range or the logits are no distribution
   */
  public static float probability(
      float[] logits, int from, int to, double temperature, int topK, double topP, int token) {
    check(logits, from, to, temperature, topK, topP);
    float max = logits[mostProbable(logits, from, to)];
    float smallest = scratch(to - from).filter.smallestKept(logits, from, to, topK, topP);
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += logits[i] >= smallest ? Math.exp((logits[i] - max) / temperature) : 0;
    }
    float own = logits[from + token];
    return own >= smallest ? (float) (Math.exp((own - max) / temperature) / sum) : 0;
  }

  private int draw(
      float[] logits,
      int from,
      int to,
      float max,
      float smallest,
      double temperature,
      double uniform,
      float[] out) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      double weight = logits[i] >= smallest ? Math.exp((logits[i] - max) / temperature) : 0;
      probabilities[i - from] = weight;
      sum += weight;
    }
    // Confidences are compared across tokens in float; summing what they round to keeps draw and
    // confidence consistent.
    double total = 0;
    for (int i = 0; i < to - from; i++) {
      total += (float) (probabilities[i] / sum);
    }
    double place = uniform * total;
    double cumulative = 0;
    int drawn = -1;
    for (int i = 0; i < to - from && cumulative <= place; i++) {
      float probability = (float) (probabilities[i] / sum);
      if (probability > 0) {
        cumulative += probability;
        drawn = i;
      }
    }
    out[0] = (float) (probabilities[drawn] / sum);
    return drawn;
  }

  private static Categorical scratch(int count) {
    Categorical scratch = SCRATCH.get();
    if (scratch.filter.capacity() < count) {
      scratch = new Categorical(count);
      SCRATCH.set(scratch);
    }
    return scratch;
  }

  private static int mostProbable(float[] logits, int from, int to) {
    int best = from;
    for (int i = from; i < to; i++) {
      if (!(logits[i] < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "the logit of token "
                + (i - from)
                + " is "
                + logits[i]
                + ", must be a number below infinity");
      }
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    if (logits[best] == Float.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException("all logits are -Infinity, no token is possible");
    }
    return best;
  }

  private static void check(
      float[] logits, int from, int to, double temperature, int topK, double topP) {
    if (from < 0 || to > logits.length || from >= to) {
      throw new IllegalArgumentException(
          "logits "
              + from
              + " to "
              + to
              + " of "
              + logits.length
              + " are asked for, must be at least one of them");
    }
    if (!(temperature >= 0) || topK < 0 || !(topP >= 0)) {
      throw new IllegalArgumentException(
          "temperature is "
              + temperature
              + ", topK "
              + topK
              + " and topP "
              + topP
              + ", must all be at least 0");
    }
  }
}
