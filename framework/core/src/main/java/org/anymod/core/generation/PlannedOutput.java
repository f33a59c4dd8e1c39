package org.anymod.core.generation;

import java.util.List;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.SamplingRecipe;

/**
 * Something that a request will draw.
 *
 * @param key model key
 * @param stage number of the model in the chain, from 0
 * @param modality the modality
 * @param settings sampling settings, with the guidance scale that holds without other steering
 * @param conditions model keys that will be known then
 * @param grows whether finished grids join the conditions of guidance
 * @param decoded whether a value is made of it
 */
public record PlannedOutput(
    String key,
    int stage,
    UsedModality modality,
    SamplingRecipe settings,
    List<String> conditions,
    boolean grows,
    boolean decoded) {

  /** Keeps a copy of the list. */
  public PlannedOutput {
    conditions = List.copyOf(conditions);
  }
}
