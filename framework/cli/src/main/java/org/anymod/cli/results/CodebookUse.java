package org.anymod.cli.results;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.tokenize.CodeCounts;
import org.anymod.spi.Tokenizer;

/**
 * How a tokenizer uses its codes.
 *
 * @param codes size of the vocabulary
 * @param used codes that occur at all
 * @param perplexity {@code exp} of the entropy of their frequencies: as many equally frequent codes
 *     would be as hard to guess
 * @param norms lengths of the code vectors; empty where the tokenizer has none
 */
public record CodebookUse(int codes, int used, double perplexity, Optional<Norms> norms) {

  /**
   * Lengths of vectors.
   *
   * @param min shortest
   * @param mean mean
   * @param max longest
   */
  public record Norms(double min, double mean, double max) {}

  static CodebookUse of(Tokenizer tokenizer, int[][] tokens) {
    CodeCounts counts = CodeCounts.of(tokens, tokenizer.vocabulary());
    return new CodebookUse(
        counts.codes(), counts.used(), counts.perplexity(), norms(tokenizer));
  }

  /** The code vectors are the tensor of that name with one row for each code. */
  private static Optional<Norms> norms(Tokenizer tokenizer) {
    for (Map.Entry<String, NDArray> entry : tokenizer.state().entrySet()) {
      Shape shape = entry.getValue().getShape();
      int axes = shape.dimension();
      if (entry.getKey().contains("codebook")
          && axes >= 2
          && shape.get(axes - 2) == tokenizer.vocabulary()) {
        return Optional.of(norms(entry.getValue().toFloatArray(), (int) shape.get(axes - 1)));
      }
    }
    return Optional.empty();
  }

  private static Norms norms(float[] rows, int width) {
    double min = Double.POSITIVE_INFINITY;
    double max = 0;
    double sum = 0;
    int count = rows.length / width;
    for (int r = 0; r < count; r++) {
      double squares = 0;
      for (int i = r * width; i < (r + 1) * width; i++) {
        squares += (double) rows[i] * rows[i];
      }
      double norm = Math.sqrt(squares);
      min = Math.min(min, norm);
      max = Math.max(max, norm);
      sum += norm;
    }
    return new Norms(min, sum / count, max);
  }
}
