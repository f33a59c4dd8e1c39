package org.anymod.core.recipe;

import org.anymod.spi.config.Setting;

/**
 * The training of the any-to-any model.
 *
 * @param steps optimiser steps
 * @param batch samples in a step
 * @param learningRate peak rate
 * @param minLearningRate rate at the end
 * @param warmup steps of linear warm-up
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param weightDecay decoupled weight decay
 * @param clip largest global gradient norm
 * @param loss how modalities are weighed
 * @param logEvery steps between lines in the log
 * @param checkpointEvery steps between checkpoints
 * @param keepCheckpoints newest checkpoints to keep
 */
public record TrainingRecipe(
    @Setting(value = "Optimiser steps", defaultValue = "1000", min = 0, max = 1e9) int steps,
    @Setting(value = "Samples in a step", defaultValue = "64", min = 1, max = 65536) int batch,
    @Setting(value = "Peak learning rate", defaultValue = "1.0e-3", min = 0, max = 1)
        double learningRate,
    @Setting(
            value = "Learning rate at the end of the cosine",
            defaultValue = "0.0",
            min = 0,
            max = 1)
        double minLearningRate,
    @Setting(value = "Steps of linear warm-up", defaultValue = "50", min = 0, max = 1e9) int warmup,
    @Setting(value = "Decay of the first moment", defaultValue = "0.9", min = 0, max = 0.99999)
        double beta1,
    @Setting(value = "Decay of the second moment", defaultValue = "0.95", min = 0, max = 0.99999)
        double beta2,
    @Setting(value = "Decoupled weight decay", defaultValue = "0.05", min = 0, max = 10)
        double weightDecay,
    @Setting(
            value = "Largest global gradient norm; 0 does not clip",
            defaultValue = "1.0",
            min = 0,
            max = 1e9)
        double clip,
    @Setting(
            value =
                "mod gives every modality the same weight, token gives every token the same weight,"
                    + " published_token weighs tokens by their vocabulary as the reference system does",
            defaultValue = "mod",
            allowed = {"mod", "token", "published_token"})
        String loss,
    @Setting(value = "Steps between lines in the log", defaultValue = "10", min = 1, max = 1e9)
        int logEvery,
    @Setting(value = "Steps between checkpoints", defaultValue = "500", min = 1, max = 1e9)
        int checkpointEvery,
    @Setting(value = "Newest checkpoints to keep", defaultValue = "2", min = 1, max = 1e6)
        int keepCheckpoints) {}
