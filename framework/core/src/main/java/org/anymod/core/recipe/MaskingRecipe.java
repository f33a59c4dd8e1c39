package org.anymod.core.recipe;

import java.util.List;
import java.util.OptionalInt;
import org.anymod.spi.config.Setting;

/**
 * What is shown and what is predicted in training (arXiv 2406.09406, section 2.2 and appendix E).
 *
 * @param inputTokens tokens shown to the encoder
 * @param minInputTokens smallest number drawn
 * @param targetTokens tokens predicted by the decoder
 * @param minTargetTokens smallest number drawn
 * @param redistribute whether budget above a modality's length goes to the others
 * @param mixture components, one of which is drawn for each sample
 */
public record MaskingRecipe(
    @Setting(
            value = "Tokens shown to the encoder, at most",
            defaultValue = "128",
            min = 1,
            max = 65536)
        int inputTokens,
    @Setting("Smallest number of shown tokens that is drawn; the largest where it is not given")
        OptionalInt minInputTokens,
    @Setting(
            value = "Tokens predicted by the decoder, at most",
            defaultValue = "128",
            min = 1,
            max = 65536)
        int targetTokens,
    @Setting("Smallest number of predicted tokens that is drawn; the largest where it is not given")
        OptionalInt minTargetTokens,
    @Setting(
            value =
                "Give budget above a modality's length to the others. Off, a short modality can be the only one"
                    + " that is shown, which a model needs to learn to predict from it alone",
            defaultValue = "false")
        boolean redistribute,
    @Setting("Components of the mixture, one of which is drawn for each sample")
        List<ComponentRecipe> mixture) {

  /** Checks that there is a component and ranges are not empty. */
  public MaskingRecipe {
    if (mixture.isEmpty()) {
      throw new IllegalArgumentException("mixture is empty, must have at least one component");
    }
    if (minInputTokens.orElse(0) > inputTokens || minTargetTokens.orElse(0) > targetTokens) {
      throw new IllegalArgumentException("a smallest number of tokens is above the largest");
    }
  }
}
