package org.anymod.core.recipe;

import java.util.List;
import java.util.Map;
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
 * @param matrix whether every output is predicted from every input
 * @param combinations groups of model keys to predict from together
 * @param ensembleSizes numbers of predictions to combine, to see what more of them bring
 * @param sequenceEnsemble predictions of a sequence that are combined
 * @param sequenceBatch samples whose sequences are decoded together
 * @param prompts parts of each value that are asked for one by one
 * @param neighbors classification of predicted vectors
 * @param frechet outputs whose distribution is compared, by model key
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
    @Setting(
            value =
                "Predict every output from every input, whatever inputs, outputs and everywhere name",
            defaultValue = "false")
        boolean matrix,
    @Setting(
            "Groups of model keys to predict from together, such as [[rgb@64, caption]], beside each alone")
        List<List<String>> combinations,
    @Setting(
            value =
                "Numbers of predictions to combine, such as [1, 4, 16]: the error of each is reported, from the"
                    + " same predictions; for sequences those up to sequence_ensemble",
            min = 1,
            max = 1000)
        List<Integer> ensembleSizes,
    @Setting(
            value =
                "Predictions of a sequence that are combined into one; takes as many times longer",
            defaultValue = "1",
            min = 1,
            max = 1000)
        int sequenceEnsemble,
    @Setting(
            value = "Samples whose sequences are decoded together; more are faster and take memory",
            defaultValue = "64",
            min = 1,
            max = 65536)
        int sequenceBatch,
    @Setting(
            value =
                "Parts of each value, such as instances, that a text-like output is asked for one by one, each by"
                    + " what its modality tells of it, such as its box; 0 means none",
            defaultValue = "0",
            min = 0,
            max = 1000)
        int prompts,
    @Setting(value = "Classification of predicted vectors", defaultValue = "{}")
        NeighborRecipe neighbors,
    @Setting(
            "Outputs whose distribution is compared with that of the truth (Frechet distance), by model key")
        Map<String, FrechetRecipe> frechet,
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
    this(samples, batch, ensemble, inputs, outputs, List.of(), shown);
  }

  /**
   * Predicts each output from each input, and some outputs from all inputs.
   *
   * @param samples validation samples to use
   * @param batch samples decoded together
   * @param ensemble predictions of a grid that are combined
   * @param inputs model keys to predict from
   * @param outputs model keys to predict
   * @param everywhere model keys to predict from every input
   * @param shown samples shown as pictures
   */
  public EvaluationRecipe(
      int samples,
      int batch,
      int ensemble,
      List<String> inputs,
      List<String> outputs,
      List<String> everywhere,
      int shown) {
    this(
        samples,
        batch,
        ensemble,
        inputs,
        outputs,
        everywhere,
        shown,
        false,
        List.of(),
        List.of(),
        1,
        64,
        0,
        NeighborRecipe.off(),
        Map.of(),
        RetrievalRecipe.off());
  }
}
