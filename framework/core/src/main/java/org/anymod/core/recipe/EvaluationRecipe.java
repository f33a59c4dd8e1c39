package org.anymod.core.recipe;

import java.util.List;
import org.anymod.spi.config.Setting;

/**
 * What evaluate measures.
 *
 * @param samples validation samples to use
 * @param batch samples decoded together
 * @param ensemble predictions of a grid that are combined
 * @param inputs model keys to predict from
 * @param outputs model keys to predict
 * @param everywhere model keys to predict from every input
 * @param shown samples shown as pictures
 * @param retrieval what is found again among all samples
 */
public record EvaluationRecipe(
    @Setting(
            value = "Validation samples to use, from the first on; 0 means all",
            defaultValue = "0",
            min = 0,
            max = 1e9)
        int samples,
    @Setting(value = "Samples decoded together", defaultValue = "32", min = 1, max = 65536)
        int batch,
    @Setting(
            value =
                "Predictions of a grid that are combined into one, such as their median or majority; the reference"
                    + " results use 10. More take longer and want a temperature near 1",
            defaultValue = "1",
            min = 1,
            max = 1000)
        int ensemble,
    @Setting("Model keys to predict from, each alone; all inputs where it is empty")
        List<String> inputs,
    @Setting("Model keys to predict; all outputs where it is empty") List<String> outputs,
    @Setting("Model keys to predict from every input, also from those that inputs does not name")
        List<String> everywhere,
    @Setting(
            value = "Samples shown as pictures in the report",
            defaultValue = "6",
            min = 0,
            max = 1000)
        int shown,
    @Setting(value = "What is found again among all samples", defaultValue = "{}")
        RetrievalRecipe retrieval) {

  /**
   * Predicts each output from each input.
   *
   * @param samples validation samples to use
   * @param batch samples decoded together
   * @param ensemble predictions of a grid that are combined
   * @param inputs model keys to predict from
   * @param outputs model keys to predict
   * @param shown samples shown as pictures
   */
  public EvaluationRecipe(
      int samples, int batch, int ensemble, List<String> inputs, List<String> outputs, int shown) {
    this(samples, batch, ensemble, inputs, outputs, List.of(), shown, RetrievalRecipe.off());
  }
}
