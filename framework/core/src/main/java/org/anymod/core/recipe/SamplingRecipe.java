package org.anymod.core.recipe;

import org.anymod.spi.config.Setting;

/**
 * How one output is sampled.
 *
 * @param scheme maskgit or roar for grids; sequences are always autoregressive
 * @param steps decoding steps
 * @param schedule tokens in each step
 * @param temperature sampling temperature
 * @param temperatureSchedule how the temperature changes
 * @param topK keep this many of the most probable tokens
 * @param topP keep the most probable tokens up to this mass
 * @param guidance classifier-free guidance scale
 */
public record SamplingRecipe(
    @Setting(
            value =
                "Order of decoding a grid: maskgit takes the most confident tokens first, roar a random order",
            defaultValue = "maskgit",
            allowed = {"maskgit", "roar"})
        String scheme,
    @Setting(value = "Decoding steps of a grid", defaultValue = "8", min = 1, max = 100000)
        int steps,
    @Setting(
            value = "Tokens in each step",
            defaultValue = "cosine",
            allowed = {"linear", "cosine"})
        String schedule,
    @Setting(
            value = "Sampling temperature; 0 takes the most probable token",
            defaultValue = "1.0",
            min = 0,
            max = 1000)
        double temperature,
    @Setting(
            value = "How the temperature changes: constant, linear, or onex:<min>:<power>",
            defaultValue = "constant")
        String temperatureSchedule,
    @Setting(
            value = "Keep this many of the most probable tokens; 0 keeps all",
            defaultValue = "0",
            min = 0,
            max = 1e9)
        int topK,
    @Setting(
            value = "Keep the most probable tokens up to this mass; 0 keeps all",
            defaultValue = "0.0",
            min = 0,
            max = 1)
        double topP,
    @Setting(
            value = "Classifier-free guidance scale; 1 means none",
            defaultValue = "1.0",
            min = -100,
            max = 100)
        double guidance) {}
