package org.anymod.cli.results;

import java.util.List;
import java.util.Map;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.tokenize.Reconstructions;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;

/**
 * Values that went through a tokenizer and back.
 *
 * @param originals values at the size of the model input
 * @param reconstructions what came back
 * @param tokens tokens of each value, or of each part of a value where only parts have codes
 * @param error the modality's error of the reconstructions against the originals
 * @param figures figures of the reconstructions against the originals
 */
public record RoundTrip(
    List<Value> originals,
    List<Value> reconstructions,
    int[][] tokens,
    double error,
    Map<String, Double> figures) {
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
    Reconstructions back = Reconstructions.of(modality, tokenizer, values);
    return new RoundTrip(
        List.copyOf(values), back.values(), back.tokens(), back.error(), back.figures());
  }
}
