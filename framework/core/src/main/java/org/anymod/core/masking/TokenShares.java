package org.anymod.core.masking;

import java.util.random.RandomGenerator;

/**
 * Shares a number of tokens among modalities in proportions drawn from a Dirichlet distribution.
 */
final class TokenShares {
  /**
   * Largest proportion: even a sole modality gets its last token only when the remainder is given
   * out.
   */
  private static final float LARGEST = 1 - 0x1.0p-24f;

  private final double[] alphas;
  private final int[] caps;
  private final int[] shares;

  private TokenShares(double[] alphas, int[] caps) {
    this.alphas = alphas;
    this.caps = caps;
    this.shares = new int[alphas.length];
  }

  /**
   * Draws the shares.
   *
   * @param alphas concentrations; a modality with 0 gets nothing
   * @param caps largest share of each
   * @param tokens what is shared
   * @param redistribute whether what is above the caps goes to the others, rather than being lost
   * @return the shares, whose sum is at most {@code tokens}
   */
  static int[] draw(
      double[] alphas, int[] caps, int tokens, boolean redistribute, RandomGenerator random) {
    TokenShares draw = new TokenShares(alphas, caps);
    double[] gammas = new double[alphas.length];
    draw.drawGammas(gammas, random);
    if (sum(gammas) > 0) {
      draw.share(gammas, tokens, random);
      draw.cap();
      if (redistribute) {
        draw.redistribute(gammas, tokens, random);
      }
    }
    return draw.shares;
  }

  /**
   * Gives everyone the floor of its proportion, and what remains one by one to the largest of a
   * fresh draw.
   */
  private void share(double[] gammas, int tokens, RandomGenerator random) {
    double[] fresh = new double[gammas.length];
    double sum = sum(gammas);
    int rest = tokens;
    for (int i = 0; i < shares.length; i++) {
      if (gammas[i] > 0) {
        float proportion = Math.min(LARGEST, Math.max(Float.MIN_NORMAL, (float) (gammas[i] / sum)));
        shares[i] = (int) (proportion * tokens);
        rest -= shares[i];
      }
    }
    for (; rest > 0; rest--) {
      drawGammas(fresh, random);
      shares[largest(fresh)]++;
    }
  }

  private void cap() {
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.min(shares[i], caps[i]);
    }
  }

  /**
   * Gives what is left to those below their caps, in the proportions drawn: without some of its
   * parts, a Dirichlet vector is again one of the others.
   */
  private void redistribute(double[] gammas, int tokens, RandomGenerator random) {
    int left = tokens;
    for (int share : shares) {
      left -= share;
    }
    while (left > 0) {
      double open = 0;
      for (int i = 0; i < shares.length; i++) {
        open += weightIfOpen(gammas, i);
      }
      if (open == 0) {
        return;
      }
      int given = giveWhole(gammas, open, left);
      if (given == 0) {
        shares[choose(gammas, open * random.nextDouble())]++;
        given = 1;
      }
      left -= given;
    }
  }

  private int giveWhole(double[] gammas, double open, int left) {
    int given = 0;
    for (int i = 0; i < shares.length; i++) {
      int whole = Math.min((int) (left * (weightIfOpen(gammas, i) / open)), caps[i] - shares[i]);
      shares[i] += whole;
      given += whole;
    }
    return given;
  }

  /** The open modality in which a place on the line of their weights falls. */
  private int choose(double[] gammas, double place) {
    int last = -1;
    double rest = place;
    for (int i = 0; i < shares.length; i++) {
      double weight = weightIfOpen(gammas, i);
      if (weight > 0) {
        last = i;
        rest -= weight;
        if (rest < 0) {
          return i;
        }
      }
    }
    return last;
  }

  private double weightIfOpen(double[] gammas, int i) {
    return shares[i] < caps[i] ? gammas[i] : 0;
  }

  private void drawGammas(double[] gammas, RandomGenerator random) {
    for (int i = 0; i < gammas.length; i++) {
      gammas[i] = alphas[i] > 0 ? GammaDistribution.draw(alphas[i], random) : 0;
    }
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[largest]) {
        largest = i;
      }
    }
    return largest;
  }
}
