package org.anymod.core.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.anymod.core.model.ModelModality;
import org.anymod.spi.Kind;

/** Works out the passes of links from what is given and what the chain has finished. */
final class PassPlan {
  private final List<ModelModality> modalities;
  private final Set<Integer> given;

  PassPlan(List<ModelModality> modalities, Set<Integer> given) {
    this.modalities = modalities;
    this.given = given;
  }

  /** The conditions of a link's terms, without those that have none. */
  private record Resolved(List<Set<Integer>> conditions, List<Double> weights) {}

  /**
   * Plans the passes of links that are sampled together.
   *
   * @param links the links
   * @param finished modalities that the chain has finished, in order
   * @throws IllegalArgumentException if they are guided by different conditions
   */
  Passes of(List<Link> links, List<Integer> finished) {
    List<Integer> own = links.stream().map(Link::modality).toList();
    List<Resolved> resolved =
        links.stream().map(link -> resolve(link.guidance(), own, finished)).toList();
    List<Set<Integer>> conditions = resolved.get(0).conditions();
    for (int i = 1; i < links.size(); i++) {
      if (!resolved.get(i).conditions().equals(conditions)) {
        throw new IllegalArgumentException(
            key(own.get(0))
                + " and "
                + key(own.get(i))
                + " are sampled together but guided by different conditions; give them the same"
                + " conditions or sample them one after the other");
      }
    }
    boolean plain = resolved.stream().allMatch(PassPlan::leavesLogits);
    if (plain) {
      return Passes.plain(links.size());
    }
    return passes(conditions, resolved);
  }

  /** Whether guidance does not change what the pass with all conditions gives. */
  private static boolean leavesLogits(Resolved resolved) {
    List<Double> weights = resolved.weights();
    return weights.isEmpty() || (weights.size() == 1 && weights.get(0) == 1.0);
  }

  private static Passes passes(List<Set<Integer>> conditions, List<Resolved> resolved) {
    Set<Integer> all = new TreeSet<>();
    conditions.forEach(all::addAll);
    List<Set<Integer>> hidden = new ArrayList<>();
    for (Set<Integer> shown : conditions) {
      Set<Integer> others = new TreeSet<>(all);
      others.removeAll(shown);
      hidden.add(others);
    }
    List<double[]> weights =
        resolved.stream()
            .map(r -> r.weights().stream().mapToDouble(Double::doubleValue).toArray())
            .toList();
    // The weights of u add up to 1 - sum(w): where that is nothing, u need not be computed.
    boolean unconditional = weights.stream().anyMatch(w -> Arrays.stream(w).sum() != 1.0);
    if (unconditional) {
      hidden.add(all);
    }
    return new Passes(hidden, weights, unconditional);
  }

  private Resolved resolve(Guidance guidance, List<Integer> own, List<Integer> finished) {
    List<Set<Integer>> conditions = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (Guidance.Term term : guidance.terms()) {
      Set<Integer> of = new TreeSet<>(term.conditions().isEmpty() ? given : term.conditions());
      own.forEach(of::remove);
      if (!of.isEmpty()) {
        conditions.add(of);
        weights.add(term.weight());
      }
    }
    if (guidance.grow() && !guidance.terms().isEmpty()) {
      grow(guidance, conditions, weights, finished);
    }
    return new Resolved(conditions, weights);
  }

  private void grow(
      Guidance guidance,
      List<Set<Integer>> conditions,
      List<Double> weights,
      List<Integer> finished) {
    Set<Integer> grown = new LinkedHashSet<>(finished);
    grown.removeIf(m -> !guidance.growSequences() && !isGrid(m));
    conditions.forEach(grown::removeAll);
    boolean several = guidance.terms().size() > 1;
    for (int m : grown) {
      if (several) {
        conditions.add(new TreeSet<>(Set.of(m)));
        weights.add(guidance.grownWeight());
      } else if (conditions.isEmpty()) {
        conditions.add(new TreeSet<>(Set.of(m)));
        weights.add(guidance.terms().get(0).weight());
      } else {
        conditions.get(0).add(m);
      }
    }
  }

  private boolean isGrid(int m) {
    return modalities.get(m).kind() instanceof Kind.TokenGrid;
  }

  private String key(int m) {
    return modalities.get(m).key();
  }
}
