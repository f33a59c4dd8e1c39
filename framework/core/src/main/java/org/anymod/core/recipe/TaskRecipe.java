package org.anymod.core.recipe;

import java.util.List;
import org.anymod.spi.config.Setting;

/**
 * One task without chance: modalities that are shown whole and modalities that are predicted whole
 * (arXiv 2312.06647, section 4, transfer).
 *
 * @param input model keys that are shown
 * @param target model keys that are predicted
 */
public record TaskRecipe(
    @Setting("Model keys that are shown whole") List<String> input,
    @Setting("Model keys that are predicted whole") List<String> target) {

  /** Checks that there is something to predict. */
  public TaskRecipe {
    if (target.isEmpty()) {
      throw new IllegalArgumentException("target is empty, must name at least one model key");
    }
  }
}
