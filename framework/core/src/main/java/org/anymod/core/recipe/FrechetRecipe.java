package org.anymod.core.recipe;

import java.util.Optional;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.config.Setting;

/**
 * The features in which the distribution of an output is compared with that of the truth.
 *
 * @param source modality that computes features of an output
 * @param width numbers in a feature of the network
 * @param network a network that computes features of an output
 */
public record FrechetRecipe(
    @Setting(
            "Source of a modality of the run whose plugin computes it from this output, as embeddings of pictures;"
                + " without it and without a network the numbers of the output itself are compared")
        Optional<String> source,
    @Setting(
            value = "Numbers in a feature of the network",
            defaultValue = "2048",
            min = 1,
            max = 65536)
        int width,
    @Setting(
            value =
                "TorchScript network that turns a picture into one vector, such as Inception-v3",
            defaultValue = "{}")
        TorchScriptSettings network) {

  /** Checks that features come from one place. */
  public FrechetRecipe {
    if (source.isPresent() && network.model().isPresent()) {
      throw new IllegalArgumentException(
          "source and network.model are both given, must be one of them");
    }
  }

  /**
   * Returns the comparison of an output's own numbers.
   *
   * @return the section without a network
   */
  public static FrechetRecipe ofNumbers() {
    return new FrechetRecipe(Optional.empty(), 2048, TorchScriptSettings.none());
  }
}
