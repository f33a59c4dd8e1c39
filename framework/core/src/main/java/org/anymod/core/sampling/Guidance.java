package org.anymod.core.sampling;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Classifier-free guidance of one link by any number of weighted conditions (arXiv 2406.09406,
 * section 3.2): {@code u + sum_i w_i (c_i - u)}. The pass {@code u} hides the conditions of all
 * terms; the pass {@code c_i} shows those of its own term and hides those of the others. What is in
 * no term is visible in all passes.
 *
 * @param terms the terms; none for sampling without guidance
 * @param grow whether grids that the chain has finished before this link are conditions too: of the
 *     only term if there is one, else each as a term of its own
 * @param grownWeight weight of such a term of its own
 * @param growSequences whether finished sequences do the same; the published demonstration grows by
 *     grids alone
 */
public record Guidance(List<Term> terms, boolean grow, double grownWeight, boolean growSequences) {
  /** No guidance. */
  public static final Guidance NONE = new Guidance(List.of(), false, 1);

  /** Keeps the list as it is and checks the weight. */
  public Guidance {
    terms = List.copyOf(terms);
    if (!Double.isFinite(grownWeight)) {
      throw new IllegalArgumentException(
          "weight of grown conditions is " + grownWeight + ", must be a number");
    }
  }

  /**
   * Guidance that grows by grids alone, if at all.
   *
   * @param terms the terms
   * @param grow whether finished grids are conditions too
   * @param grownWeight weight of such a condition if there are several terms
   */
  public Guidance(List<Term> terms, boolean grow, double grownWeight) {
    this(terms, grow, grownWeight, false);
  }

  /**
   * Some conditions with one weight.
   *
   * @param conditions indices of modalities; empty for all that are given when the chain starts
   * @param weight the weight, any number: 1 leaves a single term's pass as it is, more exaggerates
   *     the conditions, less than 0 turns away from them
   */
  public record Term(Set<Integer> conditions, double weight) {

    /** Keeps the conditions as they are and checks the weight. */
    public Term {
      conditions = Collections.unmodifiableSet(new LinkedHashSet<>(conditions));
      if (!Double.isFinite(weight)) {
        throw new IllegalArgumentException(
            "weight of a guidance term is " + weight + ", must be a number");
      }
    }
  }

  /**
   * Guidance by all that is given when the chain starts.
   *
   * @param scale weight of the only term; 1 means no guidance
   * @return the guidance
   */
  public static Guidance byGiven(double scale) {
    return scale == 1.0 ? NONE : new Guidance(List.of(new Term(Set.of(), scale)), false, 1);
  }
}
