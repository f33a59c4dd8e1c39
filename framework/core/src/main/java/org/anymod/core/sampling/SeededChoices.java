package org.anymod.core.sampling;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.anymod.torch.StreamRandom;

/** Choices that are a function of a seed, the number of the row and the modality. */
final class SeededChoices implements Choices {
  private final IntToLongFunction seeds;
  private final IntToLongFunction rows;
  private final Map<Long, StreamRandom> streams = new HashMap<>();

  /** Rows of one request, numbered from the given one on. */
  SeededChoices(long seed, long firstRow) {
    this.seeds = row -> seed;
    this.rows = row -> firstRow + row;
  }

  /** Rows of several requests, each the first of its own. */
  SeededChoices(long[] seeds) {
    this.seeds = row -> seeds[row];
    this.rows = row -> 0;
  }

  private StreamRandom stream(int row, int modality) {
    return streams.computeIfAbsent(
        ((long) row << Integer.SIZE) | modality,
        key ->
            StreamRandom.at(seeds.applyAsLong(row), "sampling", rows.applyAsLong(row), modality));
  }

  @Override
  public int[] places(int row, int modality, int[] open, int count) {
    int[] order = stream(row, modality).permutation(open.length);
    return Arrays.stream(order, 0, count).map(i -> open[i]).sorted().toArray();
  }

  @Override
  public int token(int row, int modality, int place, Logits logits, float[] confidenceOut1) {
    return logits.draw(stream(row, modality).nextDouble(), confidenceOut1);
  }

  @Override
  public int[] keep(
      int row, int modality, int[] places, float[] confidences, int count, double noise) {
    double[] ranks = new double[confidences.length];
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = confidences[i];
      if (noise > 0) {
        // Gumbel noise: what stays is a draw in proportion to the confidences where its scale is 1.
        double uniform = 1 - stream(row, modality).nextDouble();
        ranks[i] = Math.log(confidences[i]) - noise * Math.log(-Math.log(uniform) + 1e-300);
      }
    }
    return IntStream.range(0, ranks.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -ranks[i]))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
