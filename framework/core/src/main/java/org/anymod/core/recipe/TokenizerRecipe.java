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
 * @param batch values in a step
 * @param learningRate peak rate
 * @param warmup steps of linear warm-up
 * @param settings settings of the tokenizer's family
 */
public record TokenizerRecipe(
    @Setting("Weights (safetensors) to use instead of training") Optional<Path> file,
    @Setting("Number of codes; the modality's own default where it is not given")
        OptionalInt vocabulary,
    @Setting(value = "Optimiser steps", defaultValue = "1000", min = 0, max = 1e9) int steps,
    @Setting(value = "Values in a step", defaultValue = "64", min = 1, max = 65536) int batch,
    @Setting(
            value = "Peak learning rate, reached after warm-up and lowered to 0 by a cosine",
            defaultValue = "1.0e-3",
            min = 0,
            max = 1)
        double learningRate,
    @Setting(value = "Steps of linear warm-up", defaultValue = "20", min = 0, max = 1e9) int warmup,
    @Setting("Settings of the tokenizer's family, such as dim, depth, heads, latent and loss")
        Map<String, Object> settings) {}
