package org.anymod.core.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anymod.core.masking.Keep;
import org.anymod.core.masking.MaskedModalitySpec;
import org.anymod.core.masking.MaskingOptions;
import org.anymod.core.masking.MaskingPlan;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.ComponentRecipe;
import org.anymod.core.recipe.MaskingRecipe;

/** Builds the masking schedule from the modality set and the recipe. */
public final class MaskingPlans {
  private static final int MAX_TRIES = 100;

  private MaskingPlans() {}

  /**
   * Builds a plan.
   *
   * @param recipe the masking section
   * @param modalities the modality set
   * @return the plan
   * @throws IllegalArgumentException if a component names a key that is not in the set
   */
  public static MaskingPlan of(MaskingRecipe recipe, ModalitySet modalities) {
    for (ComponentRecipe component : recipe.mixture()) {
      for (Map<String, ?> named :
          List.of(component.input(), component.target(), component.keep())) {
        named.keySet().forEach(modalities::indexOf);
      }
    }
    List<MaskedModalitySpec> specs = new ArrayList<>();
    for (UsedModality modality : modalities.all()) {
      specs.add(spec(recipe.mixture(), modality));
    }
    double[] weights = recipe.mixture().stream().mapToDouble(ComponentRecipe::weight).toArray();
    return new MaskingPlan(
        specs,
        weights,
        recipe.minInputTokens().orElse(recipe.inputTokens()),
        recipe.inputTokens(),
        recipe.minTargetTokens().orElse(recipe.targetTokens()),
        recipe.targetTokens(),
        new MaskingOptions(true, recipe.redistribute(), true, MAX_TRIES));
  }

  private static MaskedModalitySpec spec(List<ComponentRecipe> mixture, UsedModality modality) {
    int count = mixture.size();
    double[] input = new double[count];
    double[] target = new double[count];
    Keep[] keep = new Keep[count];
    for (int i = 0; i < count; i++) {
      ComponentRecipe component = mixture.get(i);
      String key = modality.key();
      input[i] =
          modality.declaration().isInput()
              ? component.input().getOrDefault(key, component.inputAlpha())
              : 0;
      target[i] =
          modality.declaration().isOutput()
              ? component.target().getOrDefault(key, component.targetAlpha())
              : 0;
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
}
