package org.anymod.core.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.EmbeddingRows;
import org.anymod.core.recipe.TrainingRecipe;
import org.anymod.torch.AdamW;
import org.anymod.torch.WeightAverage;

/** All that changes while a model is trained, and so all that a checkpoint must hold. */
final class TrainingState implements AutoCloseable {
  private static final double EPSILON = 1e-8;

  private final AnyToAnyModel model;
  private final AdamW optimizer;
  private final Optional<WeightAverage> average;
  private final LossWindow losses;
  private long skipped;

  /**
   * Begins a training: moments are zero, the average is a copy of the weights.
   *
   * @param frozen names of weights that are not trained
   */
  TrainingState(AnyToAnyModel model, TrainingRecipe recipe, Predicate<String> frozen) {
    this.model = model;
    this.optimizer =
        new AdamW(
            model.parameters(),
            new AdamW.Settings(recipe.beta1(), recipe.beta2(), EPSILON, recipe.weightDecay()),
            new AdamW.Treatment(
                TrainingState::decays,
                frozen.negate(),
                name -> EmbeddingRows.update(name, model.tiedHeads(), recipe.lazyEmbeddings())),
            model.scope());
    this.average =
        recipe.ema().enabled()
            ? Optional.of(new WeightAverage(model.parameters(), model.scope()))
            : Optional.empty();
    this.losses = new LossWindow(recipe.guard());
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
    optimizer.close();
  }
}
