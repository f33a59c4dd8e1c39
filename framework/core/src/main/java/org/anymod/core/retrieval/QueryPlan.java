package org.anymod.core.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.RetrievalRecipe;
import org.anymod.spi.Kind;

/** What is asked with: modalities, alone or together. */
final class QueryPlan {
  private QueryPlan() {}

  /**
   * Reads the words of a recipe.
   *
   * @throws IllegalArgumentException if one is no input, or is the embedding itself
   */
  static List<List<UsedModality>> of(
      RetrievalRecipe recipe, ModalitySet modalities, UsedModality embedding) {
    List<List<UsedModality>> plan = new ArrayList<>();
    for (String words : recipe.queries()) {
      if (words.equals(RetrievalRecipe.ALL)) {
        everyInput(modalities, embedding).forEach(modality -> plan.add(List.of(modality)));
      } else {
        plan.add(together(words, modalities, embedding));
      }
    }
    return plan.stream().distinct().toList();
  }

  /** The inputs of {@code a+b}. */
  static List<UsedModality> together(String words, ModalitySet modalities, UsedModality embedding) {
    List<UsedModality> inputs = Arrays.stream(words.split("\\+")).map(modalities::get).toList();
    for (UsedModality input : inputs) {
      if (!input.declaration().isInput()) {
        throw new IllegalArgumentException("'" + input.key() + "' is not an input of this model");
      }
      if (input.source().equals(embedding.source())) {
        throw new IllegalArgumentException(
            "'" + input.key() + "' is the embedding itself; ask with something else");
      }
    }
    if (inputs.stream().distinct().count() < inputs.size()) {
      throw new IllegalArgumentException("'" + words + "' names an input twice");
    }
    return inputs;
  }

  /** One input for each source: pixels before tokens of the same picture. */
  private static List<UsedModality> everyInput(ModalitySet modalities, UsedModality embedding) {
    Map<String, UsedModality> bySource = new LinkedHashMap<>();
    for (UsedModality modality : modalities.all()) {
      if (modality.declaration().isInput() && !modality.source().equals(embedding.source())) {
        boolean pixels = modality.declaration().kind() instanceof Kind.PixelPatches;
        if (pixels || !bySource.containsKey(modality.source())) {
          bySource.put(modality.source(), modality);
        }
      }
    }
    return List.copyOf(bySource.values());
  }

  static String name(List<UsedModality> query) {
    return query.stream().map(UsedModality::key).collect(Collectors.joining("+"));
  }
}
