package org.anymod.core.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
 * @param mixtureFile a file that the mixture is read from
 * @param parity where to follow the published procedure to the letter
 * @param task shown and predicted modalities in place of a mixture
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
        List<ComponentRecipe> mixture,
    @Setting(
            "YAML file with the mixture in the published layout, in place of mixture: for each model key"
                + " input_alphas, target_alphas and keep, bare or as alphas_mixture beside sampling_weights."
                + " Looked for as it is named and beside the recipe")
        Optional<Path> mixtureFile,
    @Setting(
            value =
                "Where to follow the published procedure to the letter: lost_budget lets modalities that"
                    + " cannot take a share draw one, which is lost; cut_ends cuts long sequences behind their"
                    + " end token, so that it is lost, and gives sequences of codes none; published does both",
            allowed = {"lost_budget", "cut_ends", "published"})
        List<String> parity,
    @Setting(
            "Modalities that are shown and predicted whole, for training on one task; in place of a"
                + " mixture")
        Optional<TaskRecipe> task) {

  /** Checks that there is a component and ranges are not empty. */
  public MaskingRecipe {
    if (mixture.isEmpty() == task.isEmpty()) {
      throw new IllegalArgumentException(
          mixture.isEmpty()
              ? "mixture is empty, must have at least one component"
              : "there are a mixture and a task, must be one of them");
    }
    if (redistribute && !parity.isEmpty()) {
      throw new IllegalArgumentException(
          "redistribute is true and parity is " + parity + ", must be one of them");
    }
    if (minInputTokens.orElse(0) > inputTokens || minTargetTokens.orElse(0) > targetTokens) {
      throw new IllegalArgumentException("a smallest number of tokens is above the largest");
    }
  }

  /**
   * A mixture without parity switches.
   *
   * @param inputTokens tokens shown to the encoder
   * @param minInputTokens smallest number drawn
   * @param targetTokens tokens predicted by the decoder
   * @param minTargetTokens smallest number drawn
   * @param redistribute whether budget above a modality's length goes to the others
   * @param mixture components, one of which is drawn for each sample
   */
  public MaskingRecipe(
      int inputTokens,
      OptionalInt minInputTokens,
      int targetTokens,
      OptionalInt minTargetTokens,
      boolean redistribute,
      List<ComponentRecipe> mixture) {
    this(
        inputTokens,
        minInputTokens,
        targetTokens,
        minTargetTokens,
        redistribute,
        mixture,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /**
   * Returns whether a defect of the published procedure is wanted.
   *
   * @param name {@code lost_budget} or {@code cut_ends}
   * @return true if it or {@code published} is among the parity switches
   */
  public boolean follows(String name) {
    return parity.contains(name) || parity.contains("published");
  }
}
