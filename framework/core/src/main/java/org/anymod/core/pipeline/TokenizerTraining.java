package org.anymod.core.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.data.DatasetException;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.core.tokenize.training.TokenizerCheck;
import org.anymod.core.tokenize.training.TokenizerJournal;
import org.anymod.core.tokenize.training.TokenizerTrainer;
import org.anymod.core.tokenize.training.TokenizerWatcher;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Value;

/** The training of one tokenizer of a run. */
final class TokenizerTraining {
  private final Run run;
  private final UsedModality modality;
  private final TokenizerRecipe recipe;

  TokenizerTraining(Run run, UsedModality modality) {
    this.run = run;
    this.modality = modality;
    this.recipe = run.tokenizers().settings(modality);
  }

  /** Trains from what an earlier call left; returns the steps done in all. */
  long train(TokenizerWatcher watcher, Progress progress, StopSignal stop) throws Exception {
    boolean tensorboard = run.recipe().training().tensorboard();
    try (TrainingSamples samples = TrainingSamples.open(run, modality, this::atLargestSize);
        TokenizerJournal journal =
            new TokenizerJournal(run.folders().logs(), modality.key(), tensorboard)) {
      progress.message("tokenizer " + samples.title());
      TokenizerTrainer trainer =
          new TokenizerTrainer(
              run.tokenizers(), modality, samples.values(), journal, run.recipe().seed());
      trainer.together(run.ranks());
      check(samples.reader(), progress).ifPresent(check -> trainer.checking(check, watcher));
      return trainer.train(progress, stop);
    }
  }

  private UsedModality atLargestSize(UsedModality learned) {
    List<Integer> sizes = recipe.resolutions().sizes(learned.resolution());
    return learned.coded().isPresent() ? learned : learned.at(sizes.get(sizes.size() - 1));
  }

  /**
   * Opens the check on the validation split. Where that is not there, a recipe that asks for checks
   * fails, and one that does not is trained without.
   */
  private Optional<TokenizerCheck> check(ValueReader training, Progress progress)
      throws IOException {
    if (!recipe.checksAfter(recipe.steps()) || !run.ranks().isFirst()) {
      return Optional.empty();
    }
    try {
      List<Value> held = heldOut();
      return Optional.of(
          new TokenizerCheck(modality, held, run.data().bestConstant(training, modality)));
    } catch (DatasetException e) {
      if (recipe.checkEvery().isPresent()) {
        throw e;
      }
      progress.message("tokenizer " + modality.key() + ": no checks, " + e.getMessage());
      return Optional.empty();
    }
  }

  private List<Value> heldOut() throws IOException {
    ValueReader unseen = run.data().values(run.recipe().data().validation());
    try {
      List<Value> held = run.data().centres(unseen, modality, recipe.checkSamples());
      if (held.isEmpty()) {
        throw new DatasetException("the validation split has no values of " + modality.source());
      }
      return held;
    } finally {
      unseen.samples().close();
    }
  }
}
