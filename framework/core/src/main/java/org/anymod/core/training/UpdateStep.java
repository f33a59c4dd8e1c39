package org.anymod.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anymod.core.model.Batch;
import org.anymod.core.model.EmbeddingRows;
import org.anymod.core.model.GradientStage;
import org.anymod.core.model.LossWeighting;
import org.anymod.core.model.LossWeights;
import org.anymod.core.model.ModelLosses;
import org.anymod.core.model.ModelModality;
import org.anymod.core.model.TrainingPass;
import org.anymod.core.recipe.TrainingRecipe;
import org.anymod.torch.AdamW;
import org.anymod.torch.Autograd;
import org.anymod.torch.Kernels;
import org.anymod.torch.StepRule;
import org.anymod.torch.TensorScope;
import org.anymod.torch.TouchedRows;
import org.anymod.torch.parallel.Communicator;
import org.anymod.torch.parallel.GradientReducer;
import org.anymod.torch.parallel.OptimizerShards;

/** One optimiser step: gradients of its batches, the update, and the moving average. */
final class UpdateStep {
  private final TrainingState state;
  private final TrainingRecipe recipe;
  private final TrainingPlan plan;
  private final LossWeighting weighting;
  private final long seed;
  private final Communicator group;

  UpdateStep(
      TrainingState state,
      TrainingRecipe recipe,
      TrainingPlan plan,
      LossWeighting weighting,
      long seed) {
    this.state = state;
    this.recipe = recipe;
    this.plan = plan;
    this.weighting = weighting;
    this.seed = seed;
    this.group = state.group();
  }

  /**
   * Makes a step.
   *
   * @param step number of the step, from 0
   * @param batches its batches, at least one; of each the part of this rank
   * @return what became of it; nothing of it has been read from the device
   */
  MadeStep make(long step, List<Batch> batches) {
    TensorScope scope = state.model().scope().open();
    try {
      List<ModelModality> modalities = state.model().modalities();
      StepTotals totals = StepTotals.of(batches, modalities.size(), group);
      checkTargets(totals);
      LossShares shares = new LossShares(weighting, modalities, totals);
      TouchedRows own = EmbeddingRows.touched(state.model(), batches);
      TouchedRows touched = state.reducer().map(r -> r.begin(own)).orElse(own);
      List<ModelLosses> losses = new ArrayList<>();
      for (int i = 0; i < batches.size(); i++) {
        boolean alone = batches.size() == 1 && !group.isParallel();
        TrainingPass pass = pass(step * batches.size() + i);
        losses.add(
            alone
                ? gradients(batches.get(i), pass, scope)
                : share(batches.get(i), shares, pass, listener(i == batches.size() - 1), scope));
      }
      NDArray total = sum(losses, scope);
      // In this order also on a rank that had nothing to compute.
      state.reducer().ifPresent(GradientReducer::finish);
      group.sum(total).await();
      StepRule rule = rule(step);
      AdamW.Outcome outcome = state.optimizer().step(rule, total, touched, scope);
      state.shards().ifPresent(OptimizerShards::spread);
      if (state.average().isPresent() && (step + 1) % recipe.ema().every() == 0) {
        state.average().get().update(recipe.ema().decay(), outcome.skipped(), scope);
      }
      return new MadeStep(
          step, scope, outcome.report(), losses, batches, shares, rule, totals, group);
    } catch (RuntimeException | Error e) {
      scope.close();
      throw e;
    }
  }

  /** A rank may have no targets, but not all of them. */
  private void checkTargets(StepTotals totals) {
    if (group.isParallel() && totals.targetTokens() == 0) {
      throw new IllegalArgumentException(
          "the batch has no targets: raise target_tokens or the target concentrations of the masking mixture");
    }
  }

  private TrainingPass pass(long place) {
    StreamPart part = new StreamPart(group.rank(), group.size());
    return TrainingPass.of(seed, place)
        .withRecompute(recipe.recompute())
        .withPart(part.first(recipe.batch()), recipe.batch());
  }

  /** Gradients are complete, stage by stage, in the last batch of a step. */
  private GradientStage.Listener listener(boolean last) {
    return last && state.reducer().isPresent()
        ? stage -> state.reducer().get().reached(stage.ordinal())
        : GradientStage.Listener.NONE;
  }

  /** The only place where losses and gradients of a whole step are computed. */
  private ModelLosses gradients(Batch batch, TrainingPass pass, TensorScope scope) {
    return state.model().lossesAndGradients(batch, weighting, pass, scope);
  }

  /** The same for one of several batches; what it needs is freed before the next one. */
  private ModelLosses share(
      Batch batch,
      LossShares shares,
      TrainingPass pass,
      GradientStage.Listener listener,
      TensorScope step) {
    if (group.isParallel() && batch.targetTokens() == 0) {
      NDArray none = step.manager().zeros(new Shape());
      return new ModelLosses(none, none, List.of());
    }
    LossWeights weights =
        (modalities, counts, vocabularies, outputs) ->
            Arrays.stream(modalities).mapToDouble(m -> shares.inTotal(batch, m)).toArray();
    try (TensorScope scope = step.open()) {
      ModelLosses losses = state.model().lossesAndGradients(batch, weights, pass, listener, scope);
      losses.total().attach(step.manager());
      losses.means().attach(step.manager());
      return losses;
    }
  }

  private static NDArray sum(List<ModelLosses> losses, TensorScope scope) {
    if (losses.size() == 1) {
      return losses.get(0).total();
    }
    float[] ones = new float[losses.size()];
    Arrays.fill(ones, 1);
    List<NDArray> totals = losses.stream().map(ModelLosses::total).toList();
    return Autograd.pause(
        () ->
            Kernels.shared()
                .call(scope.manager(), "weighed_sum", totals, scope.manager().create(ones)));
  }

  private StepRule rule(long step) {
    double skipAbove = recipe.guard().skipAbove();
    return new StepRule(
        plan.learningRate().at(step),
        plan.weightDecay().at(step),
        recipe.clip(),
        skipAbove > 0 ? skipAbove : Double.POSITIVE_INFINITY,
        state.losses().limit(step),
        recipe.guard().stops());
  }
}
