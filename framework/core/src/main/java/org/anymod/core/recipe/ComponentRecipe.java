package org.anymod.core.recipe;

import java.util.List;
import java.util.Map;
import org.anymod.spi.config.Setting;

/**
 * One component of a masking mixture: Dirichlet concentrations that share the token budgets among
 * modalities.
 *
 * @param weight how often it is drawn, relative to the others
 * @param inputAlpha concentration of inputs not named below
 * @param input concentration of inputs by model key
 * @param targetAlpha concentration of targets not named below
 * @param target concentration of targets by model key
 * @param keep how much of a sequence is shown, by model key
 * @param sources datasets whose samples it is drawn for
 */
public record ComponentRecipe(
    @Setting(
            value = "How often it is drawn, relative to the others",
            defaultValue = "1.0",
            min = 0,
            max = 1e9)
        double weight,
    @Setting(
            value = "Dirichlet concentration of inputs that are not named; 0 hides them",
            defaultValue = "1.0",
            min = 0,
            max = 1e6)
        double inputAlpha,
    @Setting(value = "Concentration of inputs by model key", min = 0, max = 1e6)
        Map<String, Double> input,
    @Setting(
            value = "Dirichlet concentration of targets that are not named; 0 leaves them out",
            defaultValue = "1.0",
            min = 0,
            max = 1e6)
        double targetAlpha,
    @Setting(value = "Concentration of targets by model key", min = 0, max = 1e6)
        Map<String, Double> target,
    @Setting(
            value = "How much of a sequence is shown, by model key",
            allowed = {"random", "all", "binary"})
        Map<String, String> keep,
    @Setting("Names of data.sources for whose samples it is drawn; all where none is named")
        List<String> sources) {

  /**
   * A component that is drawn for samples of all datasets.
   *
   * @param weight how often it is drawn, relative to the others
   * @param inputAlpha concentration of inputs not named below
   * @param input concentration of inputs by model key
   * @param targetAlpha concentration of targets not named below
   * @param target concentration of targets by model key
   * @param keep how much of a sequence is shown, by model key
   */
  public ComponentRecipe(
      double weight,
      double inputAlpha,
      Map<String, Double> input,
      double targetAlpha,
      Map<String, Double> target,
      Map<String, String> keep) {
    this(weight, inputAlpha, input, targetAlpha, target, keep, List.of());
  }
}
