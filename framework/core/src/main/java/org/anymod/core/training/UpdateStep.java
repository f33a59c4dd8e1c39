package org.anymod.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anymod.core.model.AnyToAnyModel.Losses;
import org.anymod.core.model.Batch;
import org.anymod.core.model.EmbeddingRows;
import org.anymod.core.model.LossWeighting;
import org.anymod.core.model.ModelModality;
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

  UpdateStep(
      TrainingState state, TrainingRecipe recipe, TrainingPlan plan, LossWeighting weighting) {
    this.state = state;
    this.recipe = recipe;
    this.plan = plan;
    this.weighting = weighting;
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
      if (batches.size() == 1) {
        losses.add(gradients(batches.get(0), scope));
      } else {
        for (Batch batch : batches) {
          losses.add(shareOfGradients(batch, shares, scope));
        }
      }
      NDArray total = sum(losses, scope);
      StepRule rule = rule(step);
      AdamW.Outcome outcome = state.optimizer().step(rule, total, touched(batches), scope);
      if (state.average().isPresent() && (step + 1) % recipe.ema().every() == 0) {
        state.average().get().update(recipe.ema().decay(), outcome.skipped(), scope);
      }
      return new MadeStep(step, scope, outcome.report(), losses, batches, shares, rule);
    } catch (RuntimeException | Error e) {
      scope.close();
      throw e;
    }
  }

  /** The only place where losses and gradients of a whole batch are computed. */
  private Losses gradients(Batch batch, TensorScope scope) {
    Losses losses = Autograd.record(() -> state.model().losses(batch, weighting, scope));
    Autograd.backward(losses.total());
    return losses;
  }

  /** The same for one of several batches; what it needs is freed before the next one. */
  private Losses shareOfGradients(Batch batch, LossShares shares, TensorScope step) {
    try (TensorScope scope = step.open()) {
      Losses losses =
          Autograd.record(
              () -> {
                Losses own = state.model().losses(batch, weighting, scope);
                return new Losses(weigh(own, batch, shares, scope.manager()), own.byModality());
              });
      Autograd.backward(losses.total());
      losses.total().attach(step.manager());
      losses.byModality().values().forEach(loss -> loss.attach(step.manager()));
      return losses;
    }
  }

  private NDArray weigh(Losses losses, Batch batch, LossShares shares, NDManager manager) {
    List<ModelModality> modalities = state.model().modalities();
    float[] factors = new float[losses.byModality().size()];
    int at = 0;
    for (ModelModality modality : losses.byModality().keySet()) {
      factors[at++] = (float) shares.inTotal(batch, modalities.indexOf(modality));
    }
    return Kernels.shared()
        .call(
            manager,
            "weighed_sum",
            new ArrayList<>(losses.byModality().values()),
            manager.create(factors));
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

  private Map<String, long[]> touched(List<Batch> batches) {
    return recipe.lazyEmbeddings() ? EmbeddingRows.touched(state.model(), batches) : Map.of();
  }
}
