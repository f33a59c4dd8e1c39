package org.anymod.core.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.checkpoint.CheckpointFile;
import org.anymod.core.checkpoint.CheckpointLoader;
import org.anymod.core.checkpoint.FrozenTensors;
import org.anymod.core.checkpoint.ModelMetadata;
import org.anymod.core.checkpoint.TrainedTokens;
import org.anymod.core.data.TokenContract;
import org.anymod.core.masking.Masker;
import org.anymod.core.masking.MaskingPlan;
import org.anymod.core.masking.SpecialTokens;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.training.FrozenParts;
import org.anymod.core.training.MaskingPlans;
import org.anymod.core.training.ModelTrainer;
import org.anymod.core.training.TextCodes;
import org.anymod.core.training.TokenDataset;
import org.anymod.core.training.TrainingJournal;
import org.anymod.core.training.Validation;
import org.anymod.networks.text.TextTokenizer;

/** The training of a run's model. */
final class RunTraining {
  private final Run run;
  private final Recipe recipe;

  RunTraining(Run run) {
    this.run = run;
    this.recipe = run.recipe();
  }

  /** Trains from the newest checkpoint on, with a trainer that the caller may adjust. */
  long train(Progress progress, StopSignal stop, UnaryOperator<ModelTrainer> adjust)
      throws Exception {
    TextTokenizer text = run.vocabulary(progress);
    TextCodes codes = new TextCodes(text);
    boolean validates = recipe.training().validation().every() > 0;
    Map<String, TokenContract> contracts = run.tokens().contracts(run.data().trainingCrops());
    TrainedTokens tokens = TrainedTokens.of(contracts, run.modalities()).with(text);
    checkOld(tokens);
    try (TokenDataset seen = run.tokens().seen(contracts, codes);
        TokenDataset unseen = validates ? run.tokens().unseen(codes) : null;
        TrainingJournal journal =
            new TrainingJournal(
                run.folders().logs(), recipe.training().tensorboard(), run.ranks().isFirst());
        AnyToAnyModel model = run.model().createForTraining(text)) {
      progress.message(
          "model: "
              + model.parameters().count()
              + " parameters, "
              + seen.size()
              + " training samples");
      begin(model, progress);
      SpecialTokens special = SpecialTokens.of(text);
      ModelTrainer trainer =
          new ModelTrainer(
              model,
              recipe.training(),
              recipe.masking(),
              MaskingPlans.masker(recipe.masking(), recipe.data(), run.modalities(), special),
              seen,
              run.model().checkpoints(),
              journal,
              metadata(tokens),
              recipe.seed());
      trainer.together(run.ranks());
      freezeOld(trainer);
      if (validates) {
        trainer.validating(validation(model, special, unseen));
      }
      run.ranks().patience(recipe.training().parallel().patience());
      long steps = adjust.apply(trainer).train(progress, stop);
      run.ranks().patience(Duration.ZERO);
      return steps;
    }
  }

  private Map<String, String> metadata(TrainedTokens tokens) {
    Map<String, String> metadata = new LinkedHashMap<>(ModelMetadata.of(recipe, run.modalities()));
    metadata.putAll(tokens.metadata());
    return metadata;
  }

  /** Weights know tokens by number alone: others in their place would be learned as noise. */
  private void checkOld(TrainedTokens tokens) throws IOException {
    Optional<Path> newest = run.model().checkpoints().latestModel();
    Optional<Path> old = newest.isPresent() ? newest : recipe.training().initFrom();
    if (old.isPresent()) {
      TrainedTokens.check(old.get(), tokens);
    }
  }

  /** Gives a model that was never trained in this run the weights that the recipe names. */
  private void begin(AnyToAnyModel model, Progress progress) throws IOException {
    Optional<Path> weights = recipe.training().initFrom();
    if (weights.isPresent() && run.model().checkpoints().latest().isEmpty()) {
      try (CheckpointFile file = CheckpointFile.open(weights.get())) {
        progress.message("weights: " + CheckpointLoader.load(file, model).text());
      }
    }
  }

  private void freezeOld(ModelTrainer trainer) throws IOException {
    if (!recipe.training().freeze().contains(FrozenParts.OLD)) {
      return;
    }
    Path weights =
        recipe
            .training()
            .initFrom()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "training.freeze has '"
                            + FrozenParts.OLD
                            + "', which needs training.init_from: the weights that are old"));
    try (CheckpointFile file = CheckpointFile.open(weights)) {
      FrozenTensors old = FrozenTensors.old(file);
      trainer.freezing(name -> !old.isTrained(name));
    }
  }

  /** Samples of the validation split belong to no dataset of a mixture, so components are free. */
  Validation validation(AnyToAnyModel model, SpecialTokens special, TokenDataset unseen) {
    MaskingPlan plan = MaskingPlans.of(recipe.masking(), run.modalities());
    MaskingPlan free =
        new MaskingPlan(
            plan.modalities(),
            plan.weights(),
            plan.minInput(),
            plan.maxInput(),
            plan.minTarget(),
            plan.maxTarget(),
            plan.options());
    Masker masker =
        recipe.masking().task().isPresent()
            ? MaskingPlans.masker(recipe.masking(), recipe.data(), run.modalities(), special)
            : new Masker(free, special);
    return new Validation(model, recipe.training(), masker, free, special, unseen, recipe.seed());
  }
}
