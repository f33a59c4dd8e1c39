package org.anymod.spi;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a tokenizer learns from in one optimiser step.
 *
 * <p>The values come in one or several batches. Several are for values that do not fit into memory
 * together: their gradients are added, each batch weighted by its share of the values, before the
 * weights change once, so that a loss that is a mean over values learns what one large batch would
 * teach it, up to rounding. What a codebook counts is counted over all batches.
 *
 * @param batches values that fit the context's {@link ValueSpec}, at least one in each batch.
 *     Square pictures are as large as the context's resolution or, where {@link
 *     TokenizerFactory#resolutionStep} allows it, another size, the same in the whole step
 * @param learningRate the rate of this step, not negative
 * @param random the only source of chance in the step, the same for all peers
 * @param peers processes that make the same step with other values, as many in each batch; only a
 *     tokenizer that says so has any, see {@link TrainableTokenizer#trainsWithPeers}. Batch by
 *     batch, the values of all of them, one peer after the other, are the batch that one process
 *     alone would get
 */
public record TrainingStep(
    List<List<Value>> batches, double learningRate, RandomGenerator random, Peers peers) {

  /**
   * Checks the batches and keeps them as they are now.
   *
   * @throws IllegalArgumentException if there is no batch or one is empty
   */
  public TrainingStep {
    batches = batches.stream().map(List::copyOf).toList();
    if (batches.isEmpty() || batches.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("a training step needs values in each of its batches");
    }
  }

  /**
   * A step that one process makes alone.
   *
   * @param batches the batches
   * @param learningRate the rate
   * @param random the only source of chance
   */
  public TrainingStep(List<List<Value>> batches, double learningRate, RandomGenerator random) {
    this(batches, learningRate, random, Peers.NONE);
  }

  /**
   * A step with a single batch.
   *
   * @param batch its values
   * @param learningRate the rate
   * @param random the only source of chance
   * @return the step
   */
  public static TrainingStep of(
      List<? extends Value> batch, double learningRate, RandomGenerator random) {
    return new TrainingStep(List.of(List.copyOf(batch)), learningRate, random);
  }

  /**
   * Counts the values of all batches and all peers.
   *
   * @return at least 1
   */
  public int allValues() {
    return Math.multiplyExact(values(), peers.size());
  }

  /**
   * Counts the values of all batches, without those of peers.
   *
   * @return at least 1
   */
  public int values() {
    return batches.stream().mapToInt(List::size).sum();
  }
}
