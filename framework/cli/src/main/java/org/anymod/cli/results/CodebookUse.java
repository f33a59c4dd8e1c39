package org.anymod.cli.results;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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
 * @param top the codes that occur most, most frequent first
 * @param histogram how many codes occur how often, in words, held against an even use of all codes
 */
public record CodebookUse(
    int codes,
    int used,
    double perplexity,
    Optional<Norms> norms,
    List<Code> top,
    Map<String, Integer> histogram) {
  private static final int TOP = 8;
  private static final String NEVER = "never";

  /**
   * A code and how often it occurs.
   *
   * @param code its number
   * @param share share of all tokens
   */
  public record Code(int code, double share) {}

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
        counts.codes(),
        counts.used(),
        counts.perplexity(),
        norms(tokenizer),
        top(counts.each(), counts.all()),
        histogram(counts.each(), counts.all()));
  }

  private static List<Code> top(long[] counts, long all) {
    return IntStream.range(0, counts.length)
        .filter(code -> counts[code] > 0)
        .boxed()
        .sorted(Comparator.comparingLong((Integer code) -> counts[code]).reversed())
        .limit(TOP)
        .map(code -> new Code(code, (double) counts[code] / all))
        .toList();
  }

  private static Map<String, Integer> histogram(long[] counts, long all) {
    Map<String, Integer> histogram = new LinkedHashMap<>();
    for (String range : List.of(NEVER, "below 1/4", "1/4 to 1", "1 to 4", "above 4")) {
      histogram.put(range, 0);
    }
    double even = (double) all / counts.length;
    for (long count : counts) {
      String range = "above 4";
      if (count == 0) {
        range = NEVER;
      } else if (count < even / 4) {
        range = "below 1/4";
      } else if (count < even) {
        range = "1/4 to 1";
      } else if (count <= even * 4) {
        range = "1 to 4";
      }
      histogram.merge(range, 1, Integer::sum);
    }
    return histogram;
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
