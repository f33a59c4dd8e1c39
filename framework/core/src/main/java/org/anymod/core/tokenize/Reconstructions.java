package org.anymod.core.tokenize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Metric;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;

/**
 * Values that went through a tokenizer and back.
 *
 * @param values what came back
 * @param tokens tokens of each value, or of each part of a value where only parts have codes
 * @param error the modality's error of what came back against what went in
 * @param figures all figures of the modality's metric
 */
public record Reconstructions(
    List<Value> values, int[][] tokens, double error, Map<String, Double> figures) {
  private static final int BATCH = 16;

  /**
   * Encodes and decodes.
   *
   * @param modality the modality
   * @param tokenizer its tokenizer
   * @param originals values at the size of the model input, at least one
   * @return what came back
   */
  public static Reconstructions of(
      UsedModality modality, Tokenizer tokenizer, List<? extends Value> originals) {
    Optional<PartCodes> codes = PartCodes.of(modality, tokenizer);
    if (codes.isPresent()) {
      List<Value> filled = codes.get().filled(originals);
      int[][] tokens = codes.get().rows(filled);
      return measured(modality, originals, codes.get().decoded(filled), tokens);
    }
    int[][] tokens = new int[originals.size()][];
    List<Value> back = new ArrayList<>();
    for (int from = 0; from < originals.size(); from += BATCH) {
      int to = Math.min(originals.size(), from + BATCH);
      int[][] part = tokenizer.encode(originals.subList(from, to));
      System.arraycopy(part, 0, tokens, from, part.length);
      back.addAll(tokenizer.decode(part));
    }
    return measured(modality, originals, back, tokens);
  }

  private static Reconstructions measured(
      UsedModality modality, List<? extends Value> originals, List<Value> back, int[][] tokens) {
    Metric.Accumulator accumulator = modality.modality().metric().start();
    for (int i = 0; i < originals.size(); i++) {
      accumulator.add(back.get(i), originals.get(i));
    }
    return new Reconstructions(
        List.copyOf(back), tokens, accumulator.error(), accumulator.figures());
  }
}
