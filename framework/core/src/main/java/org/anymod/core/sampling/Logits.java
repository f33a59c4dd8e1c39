package org.anymod.core.sampling;

import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.core.sampling.schedule.Categorical;

/**
 * Logits of one token to draw.
 *
 * @param values holds them
 * @param from index of the first entry's logit
 * @param to index behind the last entry's logit
 * @param temperature temperature, at least 0
 * @param topK number of most probable tokens that may be drawn, 0 for all
 * @param topP mass of the most probable tokens that may be drawn, 0 for all
 */
record Logits(float[] values, int from, int to, double temperature, int topK, double topP) {
  /** Temperatures up to this take the most probable token. */
  private static final double GREEDY = 1e-10;

  /** The logits of the token with a number, where each has as many as the vocabulary. */
  static Logits of(
      float[] values, int number, int vocabulary, double temperature, SamplingRecipe settings) {
    double topK = settings.topK();
    int kept = topK > 0 && topK < 1 ? Math.max(1, (int) (topK * vocabulary)) : (int) topK;
    int from = number * vocabulary;
    return new Logits(values, from, from + vocabulary, temperature, kept, settings.topP());
  }

  /** Draws a token. */
  int draw(double uniform, float[] confidenceOut1) {
    int token =
        Categorical.sample(values, from, to, temperature, topK, topP, uniform, confidenceOut1);
    if (temperature <= GREEDY) {
      // Without a temperature all tokens would be equally certain and their ranks arbitrary.
      confidenceOut1[0] = Categorical.probability(values, from, to, 1, topK, topP, token);
    }
    return token;
  }
}
