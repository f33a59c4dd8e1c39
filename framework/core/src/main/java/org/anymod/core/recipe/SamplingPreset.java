package org.anymod.core.recipe;

import java.util.Map;
import org.anymod.spi.config.Setting;

/**
 * A named way of generating: what is drawn, in which order and how. The same preset fits models of
 * any resolution, since it speaks of modalities by name; a model skips what it does not know.
 *
 * @param description what the preset is for
 * @param outputs how each target is sampled, in order, by name of a modality or by model key
 * @param growConditions whether finished outputs become conditions of guidance
 * @param grownWeight weight of each finished output where conditions have weights of their own
 */
public record SamplingPreset(
    @Setting("What the preset is for, in one sentence") String description,
    @Setting("How each target is sampled, in order, by name of a modality or by model key")
        Map<String, SamplingRecipe> outputs,
    @Setting(
            value = "Whether finished grids become conditions that guidance counts",
            defaultValue = "false")
        boolean growConditions,
    @Setting(
            value = "Weight of each finished grid where conditions have weights of their own",
            defaultValue = "1.0",
            min = -100,
            max = 100)
        double grownWeight) {

  /** Checks that there is a target. */
  public SamplingPreset {
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("outputs is empty, must name at least one modality");
    }
  }
}
