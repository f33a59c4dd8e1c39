package org.anymod.core.training;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anymod.core.model.AnyToAnyModel.Losses;
import org.anymod.core.model.Batch;
import org.anymod.core.model.EmbeddingRows;
import org.anymod.core.model.LossWeighting;
import org.anymod.core.model.LossWeights;
import org.anymod.core.model.TrainingPass;
import org.anymod.core.recipe.TrainingRecipe;
import org.anymod.torch.AdamW;
import org.anymod.torch.Autograd;
import org.anymod.torch.Kernels;
import org.anymod.torch.StepRule;
import org.anymod.torch.TensorScope;

/** One optimiser step: gradients of its batches, the update, and the moving average. */
final class UpdateStep {
  private final TrainingState state;
  private final TrainingRecipe recipe;
  private final TrainingPlan plan;
  private final LossWeighting weighting;
  private final long seed;

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
  }

  /**
   * Makes a step.
   *
   * @param step number of the step, from 0
   * @param batches its batches, at least one
   * @return what became of it; nothing of it has been read from the device
   */
  MadeStep make(long step, List<Batch> batches) {
    TensorScope scope = state.model().scope().open();
    try {
      LossShares shares = new LossShares(weighting, state.model().modalities(), batches);
      List<Losses> losses = new ArrayList<>();
      for (int i = 0; i < batches.size(); i++) {
        Batch batch = batches.get(i);
        TrainingPass pass =
            TrainingPass.of(seed, step * batches.size() + i).withRecompute(recipe.recompute());
        losses.add(
            batches.size() == 1
                ? gradients(batch, pass, scope)
                : shareOfGradients(batch, shares, pass, scope));
      }
      NDArray total = sum(losses, scope);
      StepRule rule = rule(step);
      AdamW.Outcome outcome =
          state.optimizer().step(rule, total, EmbeddingRows.touched(state.model(), batches), scope);
      if (state.average().isPresent() && (step + 1) % recipe.ema().every() == 0) {
        state.average().get().update(recipe.ema().decay(), outcome.skipped(), scope);
      }
      return new MadeStep(step, scope, outcome.report(), losses, batches, shares, rule);
    } catch (RuntimeException | Error e) {
      scope.close();
      throw e;
    }
  }

  /** The only place where losses and gradients are computed. */
  private Losses gradients(Batch batch, TrainingPass pass, TensorScope scope) {
    return state.model().lossesAndGradients(batch, weighting, pass, scope);
  }

  /** The same for one of several batches; what it needs is freed before the next one. */
  private Losses shareOfGradients(
      Batch batch, LossShares shares, TrainingPass pass, TensorScope step) {
    LossWeights weights =
        (modalities, counts, vocabularies, outputs) ->
            Arrays.stream(modalities).mapToDouble(m -> shares.inTotal(batch, m)).toArray();
    try (TensorScope scope = step.open()) {
      Losses losses = state.model().lossesAndGradients(batch, weights, pass, scope);
      losses.total().attach(step.manager());
      losses.means().attach(step.manager());
      return losses;
    }
  }

  private static NDArray sum(List<Losses> losses, TensorScope scope) {
    if (losses.size() == 1) {
      return losses.get(0).total();
    }
    float[] ones = new float[losses.size()];
    Arrays.fill(ones, 1);
    List<NDArray> totals = losses.stream().map(Losses::total).toList();
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
