package org.anymod.core.recipe;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.anymod.spi.config.Setting;

/**
 * One run from data to report: everything a command needs to know.
 *
 * @param name name of the run
 * @param output folder for everything the run makes
 * @param seed seed of all chance
 * @param device where to compute
 * @param precision type of matrix products
 * @param resolution default resolution
 * @param patch side of a patch
 * @param modalities the modality set by model key
 * @param data datasets
 * @param text the vocabulary of text-like modalities
 * @param tokenizers tokenizers by model key
 * @param model the network
 * @param masking what is shown and what is predicted
 * @param training the training of the model
 * @param sampling how each output is sampled, by model key
 * @param evaluation what is measured
 * @param modalitySet a file that modalities are read from
 */
public record Recipe(
    @Setting("Name of the run, shown in reports") String name,
    @Setting("Folder for everything the run makes") Path output,
    @Setting(value = "Seed of all chance: same seed, same machine, same bits", defaultValue = "0")
        long seed,
    @Setting(value = "Where to compute: auto, cpu, gpu or gpu:<index>", defaultValue = "auto")
        String device,
    @Setting(
            value = "Type of matrix products: auto is float32 on a CPU and bfloat16 on a GPU",
            defaultValue = "auto",
            allowed = {"auto", "float32", "bfloat16"})
        String precision,
    @Setting(
            value = "Side of pictures in pixels where a key has no @",
            defaultValue = "224",
            min = 1,
            max = 16384)
        int resolution,
    @Setting(value = "Side of a patch in pixels", defaultValue = "16", min = 1, max = 1024)
        int patch,
    @Setting("The modality set: model keys such as tok_depth@64, each with its roles")
        Map<String, ModalityRecipe> modalities,
    @Setting("Where data lies") DataRecipe data,
    @Setting(value = "The vocabulary that text-like modalities share", defaultValue = "{}")
        TextRecipe text,
    @Setting("Tokenizers by model key") Map<String, TokenizerRecipe> tokenizers,
    @Setting(value = "The any-to-any network", defaultValue = "{}") ModelRecipe model,
    @Setting("What is shown and what is predicted in training") MaskingRecipe masking,
    @Setting(value = "The training of the model", defaultValue = "{}") TrainingRecipe training,
    @Setting("How outputs are sampled, by model key; others by the defaults of their kind")
        Map<String, SamplingRecipe> sampling,
    @Setting(value = "What evaluate measures", defaultValue = "{}") EvaluationRecipe evaluation,
    @Setting(
            "YAML file with a named modality set: modalities and, where it wants, resolution and patch."
                + " Keys under modalities come on top of it. Looked for as it is named and beside the"
                + " recipe")
        Optional<Path> modalitySet) {

  /** Checks that there is at least one modality. */
  public Recipe {
    if (modalities.isEmpty()) {
      throw new IllegalArgumentException("modalities is empty, must name at least one model key");
    }
  }

  /**
   * A recipe that lists its modalities itself.
   *
   * @param name name of the run
   * @param output folder for everything the run makes
   * @param seed seed of all chance
   * @param device where to compute
   * @param precision type of matrix products
   * @param resolution default resolution
   * @param patch side of a patch
   * @param modalities the modality set by model key
   * @param data datasets
   * @param text the vocabulary of text-like modalities
   * @param tokenizers tokenizers by model key
   * @param model the network
   * @param masking what is shown and what is predicted
   * @param training the training of the model
   * @param sampling how each output is sampled, by model key
   * @param evaluation what is measured
   */
  public Recipe(
      String name,
      Path output,
      long seed,
      String device,
      String precision,
      int resolution,
      int patch,
      Map<String, ModalityRecipe> modalities,
      DataRecipe data,
      TextRecipe text,
      Map<String, TokenizerRecipe> tokenizers,
      ModelRecipe model,
      MaskingRecipe masking,
      TrainingRecipe training,
      Map<String, SamplingRecipe> sampling,
      EvaluationRecipe evaluation) {
    this(
        name,
        output,
        seed,
        device,
        precision,
        resolution,
        patch,
        modalities,
        data,
        text,
        tokenizers,
        model,
        masking,
        training,
        sampling,
        evaluation,
        Optional.empty());
  }
}
