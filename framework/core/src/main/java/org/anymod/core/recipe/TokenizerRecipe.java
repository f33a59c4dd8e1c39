package org.anymod.core.recipe;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.anymod.spi.config.Setting;

/**
 * One trained tokenizer.
 *
 * @param file weights to use instead of training
 * @param vocabulary number of codes
 * @param steps optimiser steps
 * @param batch values in a batch
 * @param accumulate batches in a step
 * @param learningRate peak rate
 * @param minLearningRate rate at the end
 * @param warmup steps of linear warm-up
 * @param ema decay of the moving average of the weights
 * @param precision type of matrix products
 * @param resolutions sizes of pictures in training
 * @param saveEvery steps between saves
 * @param checkEvery steps between checks
 * @param checkSamples held-out samples of a check
 * @param settings settings of the tokenizer's family
 */
public record TokenizerRecipe(
    @Setting("Weights (safetensors) to use instead of training") Optional<Path> file,
    @Setting("Number of codes; the modality's own default where it is not given")
        OptionalInt vocabulary,
    @Setting(value = "Optimiser steps", defaultValue = "1000", min = 0, max = 1e9) int steps,
    @Setting(
            value = "Values computed together; a step has this many times accumulate",
            defaultValue = "64",
            min = 1,
            max = 65536)
        int batch,
    @Setting(
            value =
                "Batches whose gradients and code counts make one step; as many values at once learn the same, but"
                    + " need more memory",
            defaultValue = "1",
            min = 1,
            max = 65536)
        int accumulate,
    @Setting(
            value =
                "Peak learning rate, reached after warm-up and lowered to min_learning_rate by a cosine",
            defaultValue = "1.0e-3",
            min = 0,
            max = 1)
        double learningRate,
    @Setting(
            value = "Learning rate at the end of the cosine",
            defaultValue = "0.0",
            min = 0,
            max = 1)
        double minLearningRate,
    @Setting(value = "Steps of linear warm-up from 0", defaultValue = "20", min = 0, max = 1e9)
        int warmup,
    @Setting(
            value =
                "What a moving average of the weights keeps at each step, such as 0.999; the average is what is saved"
                    + " and used then. Codebooks that are averages already are taken as they are. 0 keeps no average",
            defaultValue = "0.0",
            min = 0,
            max = 0.9999999)
        double ema,
    @Setting(
            value =
                "Type of matrix products: auto is that of the whole recipe. Weights, moments and losses are float32"
                    + " whatever the choice",
            defaultValue = "auto",
            allowed = {"auto", "float32", "bfloat16"})
        String precision,
    @Setting(value = "Sizes of pictures, one of which is drawn for each step", defaultValue = "{}")
        ResolutionsRecipe resolutions,
    @Setting(
            value = "Steps between saves, from which a killed training goes on",
            defaultValue = "200",
            min = 1,
            max = 1e9)
        int saveEvery,
    @Setting(
            value =
                "Steps between checks on held-out samples; a tenth of the steps where it is not given, 0 makes none",
            min = 0,
            max = 1e9)
        OptionalInt checkEvery,
    @Setting(value = "Held-out samples of a check", defaultValue = "32", min = 1, max = 65536)
        int checkSamples,
    @Setting("Settings of the tokenizer's family, such as dim, depth, heads, latent and loss")
        Map<String, Object> settings) {

  /**
   * A training with the essential settings and without checks; all others are as where a recipe
   * does not give them.
   *
   * @param file weights to use instead of training
   * @param vocabulary number of codes
   * @param steps optimiser steps
   * @param batch values in a step
   * @param learningRate peak rate
   * @param warmup steps of linear warm-up
   * @param settings settings of the tokenizer's family
   */
  public TokenizerRecipe(
      Optional<Path> file,
      OptionalInt vocabulary,
      int steps,
      int batch,
      double learningRate,
      int warmup,
      Map<String, Object> settings) {
    this(
        file,
        vocabulary,
        steps,
        batch,
        1,
        learningRate,
        0,
        warmup,
        0,
        "auto",
        ResolutionsRecipe.one(),
        200,
        OptionalInt.of(0),
        32,
        settings);
  }

  /**
   * Returns how many values make a step.
   *
   * @return values of all its batches
   */
  public int valuesOfStep() {
    return Math.multiplyExact(batch, accumulate);
  }

  /**
   * Returns whether there is a check after so many steps.
   *
   * @param done steps done
   * @return true at each multiple of the distance and at the end, unless there are no checks
   */
  public boolean checksAfter(long done) {
    int every = checkEvery.orElse(Math.max(1, steps / 10));
    return every > 0 && (done % every == 0 || done == steps);
  }
}
