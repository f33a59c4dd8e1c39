package org.anymod.media;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.media.measures.Bleu;
import org.anymod.media.measures.CiderD;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;

/**
 * One minus the F1 of the words two texts share, counted as multisets without regard to case and
 * punctuation, averaged over samples; its constant is the truth that is most like all others.
 *
 * <p>Of a list of texts the first counts; BLEU and CIDEr-D take all texts of a truth.
 *
 * <p>Figures: {@code word_error}, {@code word_f1}, {@code exact}, the share of samples with the
 * same words in the same order, {@code bleu4} and {@code cider_d} ({@link Bleu}, {@link CiderD}).
 */
public final class TextMetric implements Metric {
  private static final String ERROR = "word_error";
  private static final int MAX_CANDIDATES = 256;
  private static final int MAX_TRUTHS = 2048;

  /** Creates a metric. */
  public TextMetric() {}

  @Override
  public String name() {
    return ERROR;
  }

  @Override
  public Accumulator start() {
    return new Sums();
  }

  /**
   * Returns the truth with the highest mean F1, the first on ties; at most 256 evenly spaced truths
   * are tried on at most 2048.
   *
   * @throws IllegalArgumentException if there is no truth
   */
  @Override
  public Value constant(List<? extends Value> truths) {
    List<WordCounts> all =
        Subsample.<Value>evenly(truths, MAX_TRUTHS).stream()
            .map(value -> WordCounts.of(ValueTypes.texts(value).get(0)))
            .toList();
    Value best = null;
    double bestSum = -1;
    for (Value candidate : Subsample.<Value>evenly(truths, MAX_CANDIDATES)) {
      WordCounts words = WordCounts.of(ValueTypes.texts(candidate).get(0));
      double sum = 0;
      for (WordCounts truth : all) {
        sum += words.f1(truth);
      }
      if (sum > bestSum) {
        best = candidate;
        bestSum = sum;
      }
    }
    return best;
  }

  private static final class Sums implements Accumulator {
    private final Bleu bleu = new Bleu();
    private final CiderD cider = new CiderD();
    private long samples;
    private double f1;
    private long exact;

    @Override
    public void add(Value prediction, Value truth) {
      WordCounts predicted = WordCounts.of(ValueTypes.texts(prediction).get(0));
      WordCounts actual = WordCounts.of(ValueTypes.texts(truth).get(0));
      samples++;
      f1 += predicted.f1(actual);
      exact += predicted.words().equals(actual.words()) ? 1 : 0;
      List<List<String>> references =
          ValueTypes.texts(truth).stream().map(text -> WordCounts.of(text).words()).toList();
      bleu.add(predicted.words(), references);
      cider.add(predicted.words(), references);
    }

    @Override
    public double error() {
      return 1 - f1 / samples;
    }

    @Override
    public Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put(ERROR, error());
      figures.put("word_f1", f1 / samples);
      figures.put("exact", (double) exact / samples);
      figures.put("bleu4", samples == 0 ? Double.NaN : bleu.score());
      figures.put("cider_d", cider.score());
      return figures;
    }
  }
}
