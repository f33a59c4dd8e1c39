package org.anymod.core.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.masking.Masker;
import org.anymod.core.masking.MaskingPlan;
import org.anymod.core.masking.SpecialTokens;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.Batch;
import org.anymod.core.model.LossWeighting;
import org.anymod.core.model.ModelLosses;
import org.anymod.core.model.ModelModality;
import org.anymod.core.recipe.TrainingRecipe;
import org.anymod.core.recipe.ValidationRecipe;
import org.anymod.core.values.OrderedPrefetch;
import org.anymod.torch.Autograd;
import org.anymod.torch.StreamRandom;
import org.anymod.torch.TensorScope;
import org.anymod.torch.WeightAverage;
import org.anymod.torch.parallel.Communicator;

/**
 * Losses on the validation split. Samples, crops and masks are functions of the seed alone, so that
 * figures of different steps and runs compare.
 */
public final class Validation {
  private static final int AHEAD = 2;

  private final AnyToAnyModel model;
  private final ValidationRecipe recipe;
  private final LossWeighting weighting;
  private final int batch;
  private final Map<String, BatchMaker> measurements = new LinkedHashMap<>();
  private Communicator group = Communicator.single();

  /**
   * Creates a validation.
   *
   * @param model the model
   * @param training the training section
   * @param masker what masks the samples
   * @param plan the masking schedule, for fixed budgets
   * @param tokens ids of special tokens
   * @param data the tokenized validation split
   * @param seed seed of the run
   */
  public Validation(
      AnyToAnyModel model,
      TrainingRecipe training,
      Masker masker,
      MaskingPlan plan,
      SpecialTokens tokens,
      TokenDataset data,
      long seed) {
    this.model = model;
    this.recipe = training.validation();
    this.weighting = ModelTrainer.weighting(training);
    this.batch = recipe.batch().orElse(training.batch());
    long own = StreamRandom.at(seed, "validation").nextLong();
    measurements.put("", batches(masker, plan, data, own));
    if (recipe.inputTokens().isPresent() || recipe.targetTokens().isPresent()) {
      int inputs = recipe.inputTokens().orElse(plan.maxInput());
      int targets = recipe.targetTokens().orElse(plan.maxTarget());
      MaskingPlan fixed =
          new MaskingPlan(
              plan.modalities(), plan.weights(), inputs, inputs, targets, targets, plan.options());
      measurements.put("fixed/", batches(new Masker(fixed, tokens), fixed, data, own));
    }
  }

  private BatchMaker batches(Masker masker, MaskingPlan plan, TokenDataset data, long seed) {
    return new BatchMaker(
        data,
        model.modalities(),
        masker,
        batch,
        plan.maxInput(),
        plan.maxTarget(),
        seed,
        StreamPart.WHOLE);
  }

  /** Returns whether there is a validation after so many steps. */
  boolean isDue(long steps) {
    return recipe.every() > 0 && steps % recipe.every() == 0;
  }

  /**
   * Measures the weights, and their moving average where there is one; all ranks share the work.
   *
   * @return {@code loss} and {@code loss/<model key>}, with {@code fixed/} before those of fixed
   *     budgets and {@code ema/} before those of the average
   * @throws Exception if data cannot be read
   */
  Map<String, Double> measure(TrainingState state) throws Exception {
    group = state.group();
    Map<String, Double> figures = new LinkedHashMap<>();
    measureAll("", figures);
    if (state.average().isPresent()) {
      WeightAverage average = state.average().get();
      average.exchange();
      try {
        measureAll("ema/", figures);
      } finally {
        average.exchange();
      }
    }
    return figures;
  }

  /**
   * Measures the model's weights as they are.
   *
   * @return {@code loss} and {@code loss/<model key>}, with {@code fixed/} before those of fixed
   *     budgets
   * @throws Exception if data cannot be read
   */
  public Map<String, Double> measure() throws Exception {
    Map<String, Double> figures = new LinkedHashMap<>();
    measureAll("", figures);
    return figures;
  }

  private void measureAll(String prefix, Map<String, Double> figures) throws Exception {
    for (Map.Entry<String, BatchMaker> measurement : measurements.entrySet()) {
      measure(prefix + measurement.getKey(), measurement.getValue(), figures);
    }
  }

  private void measure(String prefix, BatchMaker batches, Map<String, Double> figures)
      throws Exception {
    List<ModelModality> modalities = model.modalities();
    double[] sums = new double[modalities.size()];
    long[] counts = new long[modalities.size()];
    long count = (recipe.samples() + batch - 1L) / batch;
    // Batches go round the ranks.
    long own = Math.max(0, (count - group.rank() + group.size() - 1) / group.size());
    try (OrderedPrefetch<Batch> stream =
        new OrderedPrefetch<>(i -> batches.at(i * group.size() + group.rank()), 0, own, 1, AHEAD)) {
      while (stream.hasNext()) {
        add(stream.next(), sums, counts);
      }
    }
    group.sum(sums);
    group.sum(counts);
    figures.put(prefix + "loss", total(sums, counts));
    for (int m = 0; m < sums.length; m++) {
      if (counts[m] > 0) {
        figures.put(prefix + "loss/" + modalities.get(m).key(), sums[m] / counts[m]);
      }
    }
  }

  private void add(Batch batch, double[] sums, long[] counts) {
    try (TensorScope scope = model.scope().open()) {
      ModelLosses losses = Autograd.pause(() -> model.losses(batch, weighting, scope));
      for (int m = 0; m < sums.length; m++) {
        int targets = batch.targetTokens(m);
        if (targets > 0) {
          sums[m] +=
              targets * (double) losses.byModality().get(model.modalities().get(m)).getFloat();
          counts[m] += targets;
        }
      }
    }
  }

  private double total(double[] sums, long[] counts) {
    double loss = 0;
    double all = 0;
    for (int m = 0; m < sums.length; m++) {
      boolean output = model.modalities().get(m).declaration().isOutput();
      switch (weighting) {
        case MOD -> {
          loss += counts[m] > 0 ? sums[m] / counts[m] : 0;
          all += output ? 1 : 0;
        }
        case TOKEN -> {
          loss += sums[m];
          all += counts[m];
        }
        case PUBLISHED_TOKEN -> {
          int vocabulary = model.modalities().get(m).vocabulary();
          loss += sums[m] * vocabulary;
          all += (double) counts[m] * vocabulary;
        }
      }
    }
    return loss / all;
  }
}
