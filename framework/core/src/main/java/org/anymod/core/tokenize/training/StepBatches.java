package org.anymod.core.tokenize.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.core.tokenize.TokenizerValues;
import org.anymod.core.training.StreamPart;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;

/**
 * Values of each step, a function of seed and step: all of them once, in random order, then anew.
 */
final class StepBatches {
  private final TokenizerValues values;
  private final TokenizerRecipe recipe;
  private final PictureSizes sizes;
  private final long seed;
  private final String purpose;
  private final StreamPart part;
  private long orderEpoch = -1;
  private int[] order;

  StepBatches(
      TokenizerValues values,
      TokenizerRecipe recipe,
      PictureSizes sizes,
      long seed,
      String key,
      StreamPart part) {
    this.values = values;
    this.part = part;
    this.recipe = recipe;
    this.sizes = sizes;
    this.seed = seed;
    this.purpose = "tokenizer order " + key;
  }

  /** This rank's part of the batches of a step, pictures as large as the step wants them. */
  List<List<Value>> at(long step) throws IOException {
    int side = sizes.at(step);
    List<List<Value>> batches = new ArrayList<>(recipe.accumulate());
    int count = recipe.batch() / part.ranks();
    for (int i = 0; i < recipe.accumulate(); i++) {
      long position = step * recipe.valuesOfStep() + (long) i * recipe.batch();
      position += part.first(recipe.batch());
      List<Value> batch = new ArrayList<>(count);
      for (int j = 0; j < count; j++) {
        batch.add(sizes.fitted(values.get(index(position++)), side));
      }
      batches.add(batch);
    }
    return batches;
  }

  /** Names of the samples of a step, those of all ranks, each once, in order. */
  List<String> names(long step) {
    long position = step * recipe.valuesOfStep();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < recipe.valuesOfStep(); i++) {
      names.add(values.name(index(position + i)));
    }
    return names.stream().distinct().toList();
  }

  private int index(long position) {
    return order(position / values.size())[(int) (position % values.size())];
  }

  private synchronized int[] order(long epoch) {
    if (orderEpoch != epoch) {
      order = StreamRandom.at(seed, purpose, epoch).permutation(values.size());
      orderEpoch = epoch;
    }
    return order;
  }
}
