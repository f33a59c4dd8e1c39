package org.anymod.core.tokenize.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.tokenize.CodeCounts;
import org.anymod.core.tokenize.Reconstructions;
import org.anymod.spi.Metric;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;

/**
 * A measurement of tokenizers on held-out values: always the same, so that figures of different
 * steps compare.
 */
public final class TokenizerCheck {
  private final UsedModality modality;
  private final List<Value> originals;
  private final double constantError;

  /**
   * What a check found.
   *
   * @param reconstructions what came back
   * @param figures figures by name, see {@link #of}
   */
  public record Found(Reconstructions reconstructions, Map<String, Double> figures) {}

  /**
   * Creates a check.
   *
   * @param modality the modality
   * @param originals held-out values at the size of the model input, at least one
   * @param constant the best constant answer of a training set, see {@link Metric#constant}
   */
  public TokenizerCheck(UsedModality modality, List<? extends Value> originals, Value constant) {
    this.modality = modality;
    this.originals = List.copyOf(originals);
    Metric.Accumulator best = modality.modality().metric().start();
    originals.forEach(truth -> best.add(constant, truth));
    this.constantError = best.error();
  }

  /**
   * Returns the held-out values.
   *
   * @return the values, in a fixed order
   */
  public List<Value> originals() {
    return originals;
  }

  /**
   * Measures a tokenizer.
   *
   * @param tokenizer a tokenizer of the modality
   * @return reconstructions; the figures of the modality's metric, {@code skill} (1 - error / error
   *     of the best constant; absent where that is 0), {@code used} (share of the codes that
   *     occur), {@code unused} (number of those that do not) and {@code perplexity} of the codes
   */
  public Found of(Tokenizer tokenizer) {
    Reconstructions back = Reconstructions.of(modality, tokenizer, originals);
    CodeCounts codes = CodeCounts.of(back.tokens(), tokenizer.vocabulary());
    Map<String, Double> figures = new LinkedHashMap<>(back.figures());
    if (constantError > 0) {
      figures.put("skill", 1 - back.error() / constantError);
    }
    figures.put("used", (double) codes.used() / codes.codes());
    figures.put("unused", (double) codes.codes() - codes.used());
    figures.put("perplexity", codes.perplexity());
    return new Found(back, figures);
  }
}
