package org.anymod.core.training;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.anymod.core.masking.Keep;
import org.anymod.core.masking.MaskedModalitySpec;
import org.anymod.core.masking.Masker;
import org.anymod.core.masking.MaskingOptions;
import org.anymod.core.masking.MaskingPlan;
import org.anymod.core.masking.SpecialTokens;
import org.anymod.core.masking.TokenRange;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.ComponentRecipe;
import org.anymod.core.recipe.DataRecipe;
import org.anymod.core.recipe.MaskingRecipe;
import org.anymod.core.recipe.SourceRecipe;
import org.anymod.core.recipe.TaskRecipe;
import org.anymod.spi.Kind;

/** Builds the masking schedule from the modality set and the recipe. */
public final class MaskingPlans {
  /** A task needs no mixture; this stands in its place. */
  private static final List<ComponentRecipe> NO_MIXTURE =
      List.of(new ComponentRecipe(1, 1, Map.of(), 1, Map.of(), Map.of()));

  private MaskingPlans() {}

  /**
   * Builds what masks the samples of a run.
   *
   * @param recipe the masking section
   * @param data the data section, whose sources components may name
   * @param modalities the modality set
   * @param special the special tokens of sequences
   * @return the masker of the mixture, or of the task
   * @throws IllegalArgumentException if the section names a key or a dataset that the run does not
   *     have, leaves a dataset without component, or asks for a task that does not fit the budgets
   */
  public static Masker masker(
      MaskingRecipe recipe, DataRecipe data, ModalitySet modalities, SpecialTokens special) {
    MaskingPlan plan = of(recipe, modalities);
    if (recipe.task().isPresent()) {
      TaskRecipe task = recipe.task().get();
      Masker masker =
          Masker.ofTask(plan, Set.copyOf(task.input()), Set.copyOf(task.target()), special);
      checkBudget("input", task.input(), 0, recipe.inputTokens(), modalities);
      checkBudget("target", task.target(), 2, recipe.targetTokens(), modalities);
      checkNoBudgets(data.sources());
      return masker;
    }
    checkSources(recipe.mixture(), data.sources().stream().map(SourceRecipe::title).toList());
    return new Masker(plan.withRanges(ranges(data.sources(), plan)), special);
  }

  /**
   * Builds a plan.
   *
   * @param recipe the masking section
   * @param modalities the modality set
   * @return the plan
   * @throws IllegalArgumentException if a component names a key that is not in the set
   */
  public static MaskingPlan of(MaskingRecipe recipe, ModalitySet modalities) {
    List<ComponentRecipe> mixture = recipe.task().isPresent() ? NO_MIXTURE : recipe.mixture();
    for (ComponentRecipe component : mixture) {
      for (Map<String, ?> named :
          List.of(component.input(), component.target(), component.keep())) {
        named.keySet().forEach(modalities::indexOf);
      }
    }
    boolean lost = recipe.follows("lost_budget");
    List<MaskedModalitySpec> specs = new ArrayList<>();
    for (UsedModality modality : modalities.all()) {
      specs.add(spec(mixture, modality, lost));
    }
    boolean bound = mixture.stream().anyMatch(component -> !component.sources().isEmpty());
    return new MaskingPlan(
        specs,
        mixture.stream().mapToDouble(ComponentRecipe::weight).toArray(),
        recipe.minInputTokens().orElse(recipe.inputTokens()),
        recipe.inputTokens(),
        recipe.minTargetTokens().orElse(recipe.targetTokens()),
        recipe.targetTokens(),
        options(recipe, lost),
        bound ? mixture.stream().map(c -> Set.copyOf(c.sources())).toList() : List.of(),
        Map.of());
  }

  /** The budgets of datasets that have their own. */
  private static Map<String, TokenRange> ranges(List<SourceRecipe> sources, MaskingPlan plan) {
    Map<String, TokenRange> ranges = new LinkedHashMap<>();
    for (SourceRecipe source : sources) {
      int maxInput = source.inputTokens().orElse(plan.maxInput());
      int maxTarget = source.targetTokens().orElse(plan.maxTarget());
      int minInput = least(source.minInputTokens(), source.inputTokens(), plan.minInput());
      int minTarget = least(source.minTargetTokens(), source.targetTokens(), plan.minTarget());
      try {
        ranges.put(source.title(), new TokenRange(minInput, maxInput, minTarget, maxTarget));
        plan.withRanges(ranges);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "data.sources." + sources.indexOf(source) + ": " + e.getMessage(), e);
      }
    }
    return ranges;
  }

  /** A budget that is given without a smallest one is fixed, like that of the run. */
  private static int least(OptionalInt min, OptionalInt max, int usual) {
    return min.isPresent() ? min.getAsInt() : max.orElse(usual);
  }

  private static MaskingOptions options(MaskingRecipe recipe, boolean lost) {
    // With all of the published procedure goes its number of tries, which is practically unlimited.
    int tries =
        (recipe.follows("published") ? MaskingOptions.parity() : MaskingOptions.standard())
            .maxTries();
    return new MaskingOptions(!lost, recipe.redistribute(), !recipe.follows("cut_ends"), tries);
  }

  private static MaskedModalitySpec spec(
      List<ComponentRecipe> mixture, UsedModality modality, boolean lost) {
    int count = mixture.size();
    double[] input = new double[count];
    double[] target = new double[count];
    Keep[] keep = new Keep[count];
    for (int i = 0; i < count; i++) {
      ComponentRecipe component = mixture.get(i);
      String key = modality.key();
      input[i] =
          alpha(
              component.input().get(key),
              component.inputAlpha(),
              modality.declaration().isInput(),
              lost);
      target[i] =
          alpha(
              component.target().get(key),
              component.targetAlpha(),
              modality.declaration().isOutput(),
              lost);
      keep[i] =
          switch (component.keep().getOrDefault(key, "random")) {
            case "all" -> Keep.ALL;
            case "binary" -> Keep.BINARY;
            default -> Keep.RANDOM;
          };
    }
    return new MaskedModalitySpec(
        modality.declaration(), modality.declaration().kind().maxTokens(), input, target, keep);
  }

  /**
   * The concentration of a modality in a role. Where it cannot have the role, it keeps one that is
   * written down only if its share shall be lost.
   */
  private static double alpha(Double named, double others, boolean fitting, boolean lost) {
    if (fitting) {
      return named == null ? others : named;
    }
    return lost && named != null ? named : 0;
  }

  private static void checkSources(List<ComponentRecipe> mixture, Collection<String> known) {
    Set<String> without = new HashSet<>(known);
    for (ComponentRecipe component : mixture) {
      for (String source : component.sources()) {
        if (!known.contains(source)) {
          throw new IllegalArgumentException(
              "masking.mixture: '"
                  + source
                  + "' is not among data.sources; there are "
                  + (known.isEmpty() ? "none" : known));
        }
      }
      without.removeAll(component.sources().isEmpty() ? known : component.sources());
    }
    if (!without.isEmpty()) {
      throw new IllegalArgumentException(
          "masking.mixture: no component is for samples of " + without + " of data.sources");
    }
  }

  private static void checkNoBudgets(List<SourceRecipe> sources) {
    for (SourceRecipe source : sources) {
      if (Stream.of(
              source.inputTokens(),
              source.minInputTokens(),
              source.targetTokens(),
              source.minTargetTokens())
          .anyMatch(OptionalInt::isPresent)) {
        throw new IllegalArgumentException(
            "data.sources."
                + sources.indexOf(source)
                + ": has a token budget, but masking.task shows and predicts modalities whole");
      }
    }
  }

  private static void checkBudget(
      String side, List<String> keys, int sentinels, int budget, ModalitySet modalities) {
    long needed = 0;
    for (String key : keys) {
      Kind kind = modalities.get(key).declaration().kind();
      boolean grid = kind instanceof Kind.PixelPatches || kind instanceof Kind.TokenGrid;
      needed += kind.maxTokens() + (grid ? 0 : sentinels);
    }
    if (needed > budget) {
      throw new IllegalArgumentException(
          "masking."
              + side
              + "_tokens is "
              + budget
              + ", the task's "
              + side
              + " "
              + keys
              + " needs up to "
              + needed);
    }
  }
}
