package org.anymod.core.generation;

import java.time.Duration;
import java.util.List;
import org.anymod.core.recipe.SamplingRecipe;

/**
 * How one output was made.
 *
 * @param key model key
 * @param stage number of the model in the generator's chain, from 0
 * @param settings sampling settings
 * @param conditions model keys that were known when it was drawn, in model order
 * @param sampling time of sampling, shared with the requests of the same batches
 * @param decoding time of making values, shared likewise; zero if it was no more than a condition
 * @param batch largest number of samples that were drawn together
 */
public record OutputReport(
    String key,
    int stage,
    SamplingRecipe settings,
    List<String> conditions,
    Duration sampling,
    Duration decoding,
    int batch) {

  /** Keeps a copy of the list. */
  public OutputReport {
    conditions = List.copyOf(conditions);
  }
}
