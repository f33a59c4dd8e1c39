package org.anymod.core.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.anymod.spi.config.Setting;

/**
 * The training of the any-to-any model.
 *
 * @param initFrom weights to begin with
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
 * @param keepEvery steps between checkpoints that are kept for good
 * @param accumulate batches in a step
 * @param precision type of matrix products in training
 * @param freeze what is not trained
 * @param lazyEmbeddings whether embedding tables are updated by rows
 * @param recompute whether blocks are computed again on the way back
 * @param tensorboard whether figures are also written for TensorBoard
 * @param schedule course of the learning rate
 * @param ema a moving average of the weights
 * @param guard what happens at steps that would harm the weights
 * @param validation losses on the validation split
 * @param parallel how several processes train together
 */
public record TrainingRecipe(
    @Setting(
            "Weights to begin with, a checkpoint of the same model; the optimiser starts afresh, and a run that has"
                + " a checkpoint of its own goes on from that")
        Optional<Path> initFrom,
    @Setting(value = "Optimiser steps", defaultValue = "1000", min = 0, max = 1e9) int steps,
    @Setting(
            value =
                "Samples computed together, by all processes; a step has this many times accumulate",
            defaultValue = "64",
            min = 1,
            max = 65536)
        int batch,
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
        int keepCheckpoints,
    @Setting(
            value = "Steps between checkpoints that are kept for good; 0 keeps only the newest",
            defaultValue = "0",
            min = 0,
            max = 1e9)
        int keepEvery,
    @Setting(
            value =
                "Batches whose gradients make one step; as many samples at once learn the same, but need more memory",
            defaultValue = "1",
            min = 1,
            max = 65536)
        int accumulate,
    @Setting(
            value =
                "Type of matrix products in training: auto is that of the whole recipe. Weights, moments and losses"
                    + " are float32 whatever the choice",
            defaultValue = "auto",
            allowed = {"auto", "float32", "bfloat16"})
        String precision,
    @Setting(
            "What is not trained: old (what init_from brings), blocks, encoder, decoder, embeddings, encoder_embeddings, decoder_embeddings,"
                + " embeddings:<model key>, or names of tensors in which * stands for any text")
        List<String> freeze,
    @Setting(
            value =
                "Update only the rows of embedding tables and only the output heads that a step touches: faster"
                    + " with large vocabularies, but what is not touched is not decayed",
            defaultValue = "false")
        boolean lazyEmbeddings,
    @Setting(
            value =
                "Keep only the inputs of blocks and compute each block again on the way back: less memory for about a"
                    + " third more time, same result",
            defaultValue = "false")
        boolean recompute,
    @Setting(
            value = "Write figures for TensorBoard too, below logs/tensorboard",
            defaultValue = "false")
        boolean tensorboard,
    @Setting(value = "Course of the learning rate and of the weight decay", defaultValue = "{}")
        ScheduleRecipe schedule,
    @Setting(value = "A moving average of the weights", defaultValue = "{}") AverageRecipe ema,
    @Setting(value = "What happens at steps that would harm the weights", defaultValue = "{}")
        GuardRecipe guard,
    @Setting(value = "Losses on the validation split while training", defaultValue = "{}")
        ValidationRecipe validation,
    @Setting(
            value = "Training by several processes, which a launcher such as mpirun starts",
            defaultValue = "{}")
        ParallelRecipe parallel) {

  /** Keeps the list as it is now. */
  public TrainingRecipe {
    freeze = List.copyOf(freeze);
  }

  /**
   * A training with the essential settings; all others are as where a recipe does not give them.
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
  public TrainingRecipe(
      int steps,
      int batch,
      double learningRate,
      double minLearningRate,
      int warmup,
      double beta1,
      double beta2,
      double weightDecay,
      double clip,
      String loss,
      int logEvery,
      int checkpointEvery,
      int keepCheckpoints) {
    this(
        Optional.empty(),
        steps,
        batch,
        learningRate,
        minLearningRate,
        warmup,
        beta1,
        beta2,
        weightDecay,
        clip,
        loss,
        logEvery,
        checkpointEvery,
        keepCheckpoints,
        0,
        1,
        "auto",
        List.of(),
        false,
        false,
        false,
        ScheduleRecipe.cosine(),
        AverageRecipe.off(),
        GuardRecipe.defaults(),
        ValidationRecipe.off(),
        ParallelRecipe.defaults());
  }
}
