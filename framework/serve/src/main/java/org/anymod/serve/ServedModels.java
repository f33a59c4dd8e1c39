package org.anymod.serve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.core.sampling.SamplingSettings;
import org.anymod.spi.Declaration;
import org.anymod.spi.InvalidDataException;

/**
 * The models behind the server, seen as one: a single one, or a chain of two of which the second
 * draws finer forms of what the first has drawn.
 */
final class ServedModels {
  private final List<Run> runs;
  private final Map<String, UsedModality> modalities = new LinkedHashMap<>();

  /** Takes trained runs, in the order of the chain. */
  ServedModels(List<Run> runs) {
    this.runs = List.copyOf(runs);
    for (Run run : runs) {
      run.modalities().all().forEach(m -> modalities.putIfAbsent(m.key(), m));
    }
  }

  List<Run> runs() {
    return runs;
  }

  Run first() {
    return runs.get(0);
  }

  boolean isChain() {
    return runs.size() > 1;
  }

  /** The modalities of the first model, then what later ones have besides. */
  List<UsedModality> modalities() {
    return List.copyOf(modalities.values());
  }

  /**
   * Finds a modality by its key.
   *
   * @throws InvalidDataException if no model has it
   */
  UsedModality find(String key) throws InvalidDataException {
    UsedModality modality = modalities.get(key);
    if (modality == null) {
      throw new InvalidDataException(
          "'"
              + (key.length() > 60 ? key.substring(0, 60) + "..." : key)
              + "' is no modality of this model; there are "
              + modalities.keySet());
    }
    return modality;
  }

  /** Whether a model reads it. */
  boolean isInput(UsedModality modality) {
    return having(modality, Declaration::isInput).findFirst().isPresent();
  }

  /** Whether a model draws it. */
  boolean isOutput(UsedModality modality) {
    return having(modality, Declaration::isOutput).findFirst().isPresent();
  }

  private Stream<Run> having(UsedModality modality, Predicate<Declaration> role) {
    return runs.stream()
        .filter(
            run ->
                run.modalities().all().stream()
                    .anyMatch(m -> m.key().equals(modality.key()) && role.test(m.declaration())));
  }

  /** How an output is sampled where a request does not say: by the first model that draws it. */
  SamplingRecipe settings(UsedModality modality) {
    Optional<Run> drawing = having(modality, Declaration::isOutput).findFirst();
    SamplingRecipe settings = drawing.orElseThrow().recipe().sampling().get(modality.key());
    return settings == null ? SamplingSettings.of(modality.declaration().kind()) : settings;
  }
}
