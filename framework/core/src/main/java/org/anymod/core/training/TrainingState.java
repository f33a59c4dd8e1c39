package org.anymod.core.training;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.EmbeddingRows;
import org.anymod.core.model.GradientStage;
import org.anymod.core.recipe.TrainingRecipe;
import org.anymod.torch.AdamW;
import org.anymod.torch.TensorScope;
import org.anymod.torch.WeightAverage;
import org.anymod.torch.parallel.Communicator;
import org.anymod.torch.parallel.GradientReducer;
import org.anymod.torch.parallel.OptimizerShards;

/** All that changes while a model is trained, and so all that a checkpoint must hold. */
final class TrainingState implements AutoCloseable {
  private static final double EPSILON = 1e-8;

  private final AnyToAnyModel model;
  private final AdamW optimizer;
  private final Optional<WeightAverage> average;
  private final LossWindow losses;
  private final Communicator group;
  private final Optional<OptimizerShards> shards;
  private final Optional<GradientReducer> reducer;
  private long skipped;

  /**
   * Begins a training: moments are zero, the average is a copy of the weights.
   *
   * @param frozen names of weights that are not trained
   * @param group the ranks that train together
   */
  TrainingState(
      AnyToAnyModel model, TrainingRecipe recipe, Predicate<String> frozen, Communicator group) {
    this.model = model;
    this.group = group;
    this.shards =
        group.isParallel() && recipe.parallel().shardOptimizer()
            ? Optional.of(new OptimizerShards(group, trained(model, frozen), model.scope()))
            : Optional.empty();
    this.optimizer =
        new AdamW(
            model.parameters(),
            new AdamW.Settings(recipe.beta1(), recipe.beta2(), EPSILON, recipe.weightDecay()),
            new AdamW.Treatment(
                TrainingState::decays,
                frozen.negate(),
                name -> EmbeddingRows.update(name, model.tiedHeads(), recipe.lazyEmbeddings()),
                name -> shards.isEmpty() || shards.get().owns(name)),
            model.scope());
    this.reducer = group.isParallel() ? Optional.of(reducer(recipe)) : Optional.empty();
    this.average =
        recipe.ema().enabled()
            ? Optional.of(new WeightAverage(model.parameters(), model.scope()))
            : Optional.empty();
    this.losses = new LossWindow(recipe.guard());
  }

  private static Map<String, NDArray> trained(AnyToAnyModel model, Predicate<String> frozen) {
    Map<String, NDArray> trained = new LinkedHashMap<>();
    model.parameters().trainedNames().stream()
        .filter(frozen.negate())
        .forEach(name -> trained.put(name, model.parameters().get(name)));
    return trained;
  }

  private GradientReducer reducer(TrainingRecipe recipe) {
    return new GradientReducer(
        group,
        optimizer.gradients(),
        new GradientReducer.Layout(
            GradientStage.values().length,
            name -> GradientStage.of(name).ordinal(),
            name -> EmbeddingRows.update(name, model.tiedHeads(), recipe.lazyEmbeddings())),
        recipe.parallel().bucketBytes(),
        model.scope());
  }

  /** Norms and biases are not decayed; embeddings are. */
  static boolean decays(String name) {
    return !name.contains("norm.") && !name.contains(".norm") && !name.endsWith(".bias");
  }

  AnyToAnyModel model() {
    return model;
  }

  AdamW optimizer() {
    return optimizer;
  }

  /** The ranks that train together. */
  Communicator group() {
    return group;
  }

  /** What adds up gradients, where there are other ranks. */
  Optional<GradientReducer> reducer() {
    return reducer;
  }

  /** What divides the optimiser's state, where that is wanted. */
  Optional<OptimizerShards> shards() {
    return shards;
  }

  /** The whole state of the optimiser, at least on rank 0; all ranks ask. */
  Map<String, NDArray> optimizerState(TensorScope landing) {
    return shards.isPresent() ? shards.get().gather(optimizer, landing) : optimizer.state();
  }

  Optional<WeightAverage> average() {
    return average;
  }

  LossWindow losses() {
    return losses;
  }

  /** Notes a step that changed nothing. */
  void skip() {
    skipped++;
  }

  /** Returns how many steps changed nothing since the last call. */
  long takeSkipped() {
    long count = skipped;
    skipped = 0;
    return count;
  }

  /** What a checkpoint holds besides tensors. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("skipped", Long.toString(skipped));
    texts.put("losses", losses.text());
    return texts;
  }

  void restore(Map<String, String> texts) {
    skipped = Long.parseLong(texts.getOrDefault("skipped", "0"));
    losses.restore(texts.getOrDefault("losses", ""));
  }

  @Override
  public void close() {
    average.ifPresent(WeightAverage::close);
    reducer.ifPresent(GradientReducer::close);
    optimizer.close();
    shards.ifPresent(OptimizerShards::close);
  }
}
