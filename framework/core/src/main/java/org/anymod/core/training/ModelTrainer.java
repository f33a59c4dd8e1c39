package org.anymod.core.training;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.masking.Masker;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.Batch;
import org.anymod.core.model.LossWeighting;
import org.anymod.core.model.TrainingPass;
import org.anymod.core.recipe.MaskingRecipe;
import org.anymod.core.recipe.TrainingRecipe;
import org.anymod.core.tokenize.CosineSchedule;
import org.anymod.core.values.OrderedPrefetch;
import org.anymod.torch.AdamW;
import org.anymod.torch.TensorScope;

/**
 * Trains the any-to-any model: a plain loop that can be stopped at any step and goes on where it
 * was, bit for bit.
 */
public final class ModelTrainer {
  private final AnyToAnyModel model;
  private final TrainingRecipe recipe;
  private final BatchMaker batches;
  private final Checkpoints checkpoints;
  private final TrainingLog log;
  private final Map<String, String> metadata;
  private final long seed;

  /**
   * Creates a trainer.
   *
   * @param model the model
   * @param recipe the training section
   * @param masking the masking section
   * @param masker the masking schedule
   * @param data the tokenized training split
   * @param checkpoints where checkpoints are kept
   * @param log where figures are written
   * @param metadata free texts to store with the weights
   * @param seed seed of the run
   */
  public ModelTrainer(
      AnyToAnyModel model,
      TrainingRecipe recipe,
      MaskingRecipe masking,
      Masker masker,
      TokenDataset data,
      Checkpoints checkpoints,
      TrainingLog log,
      Map<String, String> metadata,
      long seed) {
    this.model = model;
    this.recipe = recipe;
    this.batches =
        new BatchMaker(
            data,
            model.modalities(),
            masker,
            recipe.batch(),
            masking.inputTokens(),
            masking.targetTokens(),
            seed);
    this.checkpoints = checkpoints;
    this.log = log;
    this.metadata = Map.copyOf(metadata);
    this.seed = seed;
  }

  /**
   * Trains to the end, or until the signal; goes on from the newest checkpoint if there is one.
   *
   * @param progress hears how far it is
   * @param stop asks to stop after the current step, which leaves a checkpoint
   * @return steps done in all
   * @throws Exception if data cannot be read, a checkpoint cannot be written, or the loss is no
   *     number
   */
  public long train(Progress progress, StopSignal stop) throws Exception {
    try (AdamW optimizer = optimizer()) {
      long start = checkpoints.resume(model, optimizer);
      log.rewind(start);
      CosineSchedule schedule =
          new CosineSchedule(
              recipe.learningRate(), recipe.minLearningRate(), recipe.warmup(), recipe.steps());
      LossWeighting weighting = LossWeighting.valueOf(recipe.loss().toUpperCase(Locale.ROOT));
      progress.start("train", recipe.steps(), "step");
      long step = start;
      try (OrderedPrefetch<Batch> stream =
          new OrderedPrefetch<>(batches::at, start, recipe.steps(), 1, 4)) {
        while (step < recipe.steps() && !stop.requested()) {
          Batch batch = stream.next();
          boolean logged = (step + 1) % recipe.logEvery() == 0 || step + 1 == recipe.steps();
          step(optimizer, batch, schedule.at(step), weighting, step, logged, progress);
          step++;
          if (step % recipe.checkpointEvery() == 0 && step < recipe.steps()) {
            checkpoints.save(model, optimizer, step, metadata);
          }
        }
      }
      if (step > start) {
        checkpoints.save(model, optimizer, step, metadata);
      }
      if (step < recipe.steps()) {
        progress.message("stopped after step " + step + "; the next call goes on from there");
      } else {
        progress.finish();
      }
      return step;
    }
  }

  private AdamW optimizer() {
    return new AdamW(
        model.parameters(),
        new AdamW.Settings(recipe.beta1(), recipe.beta2(), 1e-8, recipe.weightDecay()),
        ModelTrainer::decays,
        model.scope());
  }

  /** Norms and biases are not decayed; embeddings are. */
  static boolean decays(String name) {
    return !name.contains("norm.") && !name.contains(".norm") && !name.endsWith(".bias");
  }

  private void step(
      AdamW optimizer,
      Batch batch,
      double learningRate,
      LossWeighting weighting,
      long step,
      boolean logged,
      Progress progress)
      throws IOException {
    try (TensorScope scope = model.scope().open()) {
      AnyToAnyModel.Losses losses =
          model.lossesAndGradients(batch, weighting, TrainingPass.of(seed, step), scope);
      NDArray norm = optimizer.step(learningRate, recipe.clip(), scope);
      float loss = losses.total().getFloat();
      if (!Float.isFinite(loss)) {
        throw new IllegalStateException(
            "loss is "
                + loss
                + " at step "
                + (step + 1)
                + " (samples "
                + step * recipe.batch()
                + " to "
                + ((step + 1) * recipe.batch() - 1)
                + " of the stream); lower learning_rate, raise warmup or clip, and train again from the last checkpoint");
      }
      if (logged) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("loss", (double) loss);
        losses
            .byModality()
            .forEach(
                (modality, value) ->
                    figures.put("loss/" + modality.key(), (double) value.getFloat()));
        figures.put("learning_rate", learningRate);
        figures.put("grad_norm", (double) norm.getFloat());
        figures.put("input_tokens", (double) batch.inputTokens());
        figures.put("target_tokens", (double) batch.targetTokens());
        figures.put("dropped_tokens", (double) batch.dropped());
        log.add(step + 1, figures);
        progress.advance(step + 1, String.format(Locale.ROOT, "loss %.4f", loss));
      }
    }
  }
}
