package org.anymod.core.generation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How strongly conditions steer what is drawn: classifier-free guidance with a weight for each
 * condition, {@code u + sum of w_i (c_i - u)}, where {@code u} knows none of the weighted
 * conditions and {@code c_i} only the i-th of them. Conditions without a weight are known in all
 * passes. Without any weight, the guidance scale of the settings holds for all conditions together.
 *
 * @param weights weight of conditions by key; above 1 follows a condition more closely than the
 *     model by itself does, 0 ignores it, below 0 leads away from it
 * @param scale scale over all conditions together in place of that of the settings; not beside
 *     weights
 * @param grow whether finished outputs become conditions that guidance counts for what comes after
 *     them; that of the preset if empty
 * @param grownWeight weight of each such output where conditions have weights of their own
 */
public record Steering(
    Map<String, Double> weights,
    OptionalDouble scale,
    Optional<Boolean> grow,
    OptionalDouble grownWeight) {

  /** Guidance as preset and recipe have it. */
  public static final Steering DEFAULT =
      new Steering(Map.of(), OptionalDouble.empty(), Optional.empty(), OptionalDouble.empty());

  /** Checks that numbers are finite and do not contradict each other. */
  public Steering {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    weights.forEach((key, weight) -> check("weight of '" + key + "'", weight));
    scale.ifPresent(value -> check("guidance scale", value));
    grownWeight.ifPresent(value -> check("weight of finished outputs", value));
    if (scale.isPresent() && !weights.isEmpty()) {
      throw new RequestException(
          "a guidance scale over all conditions and weights of single conditions exclude each"
              + " other; give one of them");
    }
  }

  private static void check(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new RequestException(what + " is " + value + ", must be a finite number");
    }
  }

  /**
   * One scale over all conditions.
   *
   * @param scale the scale; 1 means no guidance
   * @return the guidance
   */
  public static Steering scale(double scale) {
    return new Steering(
        Map.of(), OptionalDouble.of(scale), Optional.empty(), OptionalDouble.empty());
  }

  /**
   * Weights of single conditions.
   *
   * @param weights weight by key
   * @return the guidance
   */
  public static Steering weights(Map<String, Double> weights) {
    return new Steering(weights, OptionalDouble.empty(), Optional.empty(), OptionalDouble.empty());
  }

  /**
   * Returns the same guidance, which finished outputs join.
   *
   * @param weight weight of each of them where conditions have weights of their own
   * @return the guidance
   */
  public Steering growing(double weight) {
    return new Steering(weights, scale, Optional.of(true), OptionalDouble.of(weight));
  }
}
