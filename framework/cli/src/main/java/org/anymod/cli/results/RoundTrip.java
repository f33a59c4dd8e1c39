package org.anymod.cli.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Metric;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;

/**
 * Values that went through a tokenizer and back.
 *
 * @param originals values at the size of the model input
 * @param reconstructions what came back
 * @param tokens tokens of each value
 * @param figures figures of the reconstructions against the originals
 */
public record RoundTrip(
    List<Value> originals,
    List<Value> reconstructions,
    int[][] tokens,
    Map<String, Double> figures) {
  private static final int BATCH = 16;

  /**
   * Encodes and decodes.
   *
   * @param modality the modality
   * @param tokenizer its tokenizer
   * @param values values at the size of the model input, at least one
   * @return both sides
   */
  public static RoundTrip of(
      UsedModality modality, Tokenizer tokenizer, List<? extends Value> values) {
    int[][] tokens = new int[values.size()][];
    List<Value> back = new ArrayList<>();
    for (int from = 0; from < values.size(); from += BATCH) {
      int to = Math.min(values.size(), from + BATCH);
      int[][] part = tokenizer.encode(values.subList(from, to));
      System.arraycopy(part, 0, tokens, from, part.length);
      back.addAll(tokenizer.decode(part));
    }
    Metric.Accumulator accumulator = modality.modality().metric().start();
    for (int i = 0; i < values.size(); i++) {
      accumulator.add(back.get(i), values.get(i));
    }
    return new RoundTrip(List.copyOf(values), back, tokens, accumulator.figures());
  }
}
