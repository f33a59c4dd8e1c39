package org.anymod.networks.labeling;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.anymod.spi.config.Setting;

/**
 * A network of the user's own and how it is used, a part of a plugin's section of the recipe. What
 * is left out is what the plugin says ({@link NetworkUse}).
 *
 * @param model TorchScript file; empty for no network
 * @param device where it computes
 * @param inputSize side of the square it takes in pixels, 0 to leave pictures as they are
 * @param mean mean of each channel in [0, 1], or one for all
 * @param std standard deviation of each channel in [0, 1], or one for all
 * @param resampling how pictures are brought to that size
 * @param output which of its results is used: a position, or a key of a dictionary
 * @param dropTokens how many tokens are dropped from the front of a list of tokens
 * @param activation what happens to the numbers first
 * @param scale what they are multiplied by then
 * @param offset what is added then
 * @param minMax whether each result is stretched to [0, 1] in the end
 */
public record TorchScriptSettings(
    @Setting("TorchScript file whose network computes the values from pictures; none without it.")
        Optional<Path> model,
    @Setting(
            value = "Where the network computes: auto, cpu, gpu or gpu:<index>.",
            defaultValue = "auto")
        String device,
    @Setting(
            value =
                "Side in pixels of the square that the network takes, 0 to leave pictures as they"
                    + " are.",
            min = 0,
            max = 8192)
        OptionalInt inputSize,
    @Setting("Mean of each channel in [0, 1], or one for all; subtracted from pictures.")
        List<Double> mean,
    @Setting(
            value =
                "Standard deviation of each channel in [0, 1], or one for all; pictures are divided"
                    + " by it.",
            min = 1e-9)
        List<Double> std,
    @Setting("How pictures are brought to the size that the network takes.")
        Optional<Resampling> resampling,
    @Setting(
            value =
                "Which result of the network is used: its position among several, from 0, or its"
                    + " key in a dictionary.",
            defaultValue = "\"0\"")
        String output,
    @Setting(
            value =
                "Number of tokens dropped from the front, such as class and register tokens; of a"
                    + " list of tokens where one vector is wanted, the next one is taken.",
            min = 0,
            max = 65536)
        OptionalInt dropTokens,
    @Setting("What happens to the numbers first.") Optional<Activation> activation,
    @Setting("What the numbers are multiplied by then; -1 turns near and far around.")
        Optional<Double> scale,
    @Setting("What is added to the numbers then; for classes, to the number of the class.")
        Optional<Double> offset,
    @Setting("Whether the numbers of each result are stretched to [0, 1] in the end.")
        Optional<Boolean> minMax) {

  /** Checks that deviations are positive. */
  public TorchScriptSettings {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (std.stream().anyMatch(d -> !(d > 0))) {
      throw new IllegalArgumentException("std is " + std + ", must hold numbers above 0");
    }
  }

  /**
   * Settings without a network.
   *
   * @return settings that leave everything to the plugin
   */
  public static TorchScriptSettings none() {
    return new TorchScriptSettings(
        Optional.empty(),
        "auto",
        OptionalInt.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        "0",
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Settings with a network that is used as the plugin says.
   *
   * @param model TorchScript file
   * @return the settings
   */
  public static TorchScriptSettings of(Path model) {
    TorchScriptSettings none = none();
    return new TorchScriptSettings(
        Optional.of(model),
        none.device,
        none.inputSize,
        none.mean,
        none.std,
        none.resampling,
        none.output,
        none.dropTokens,
        none.activation,
        none.scale,
        none.offset,
        none.minMax);
  }
}
