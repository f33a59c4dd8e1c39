package org.anymod.cli.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.tokenize.PartCodes;
import org.anymod.spi.Metric;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;

/**
 * Values that went through a tokenizer and back.
 *
 * @param originals values at the size of the model input
 * @param reconstructions what came back
 * @param tokens tokens of each value, or of each part of a value where only parts have codes
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
    Optional<PartCodes> codes = PartCodes.of(modality, tokenizer);
    return codes.isPresent()
        ? ofParts(modality, codes.get(), values)
        : ofWholes(modality, tokenizer, values);
  }

  private static RoundTrip ofParts(
      UsedModality modality, PartCodes codes, List<? extends Value> values) {
    List<Value> filled = codes.filled(values);
    return of(modality, values, codes.decoded(filled), codes.rows(filled));
  }

  private static RoundTrip ofWholes(
      UsedModality modality, Tokenizer tokenizer, List<? extends Value> values) {
    int[][] tokens = new int[values.size()][];
    List<Value> back = new ArrayList<>();
    for (int from = 0; from < values.size(); from += BATCH) {
      int to = Math.min(values.size(), from + BATCH);
      int[][] part = tokenizer.encode(values.subList(from, to));
      System.arraycopy(part, 0, tokens, from, part.length);
      back.addAll(tokenizer.decode(part));
    }
    return of(modality, values, back, tokens);
  }

  private static RoundTrip of(
      UsedModality modality, List<? extends Value> values, List<Value> back, int[][] tokens) {
    Metric.Accumulator accumulator = modality.modality().metric().start();
    for (int i = 0; i < values.size(); i++) {
      accumulator.add(back.get(i), values.get(i));
    }
    return new RoundTrip(List.copyOf(values), back, tokens, accumulator.figures());
  }
}
