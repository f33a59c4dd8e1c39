package org.anymod.cli.results;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anymod.core.data.Samples;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.core.tokenize.CroppedValues;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Metric;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;

/**
 * A trained tokenizer, measured on unseen samples.
 *
 * @param modality its modality
 * @param family family of its construction
 * @param numbers how many numbers weights and buffers have
 * @param shapes shapes of weights and buffers by name
 * @param identity hash of all that decides its tokens
 * @param roundTrip samples and their reconstructions
 * @param constantError error of the best constant answer of the training split; NaN until {@link
 *     #besideConstant} was asked
 * @param use how the codes are used on them
 */
public record TokenizerStudy(
    UsedModality modality,
    String family,
    long numbers,
    Map<String, String> shapes,
    String identity,
    RoundTrip roundTrip,
    double constantError,
    CodebookUse use) {

  /**
   * Measures a tokenizer.
   *
   * @param run the run
   * @param modality a modality with a trained tokenizer
   * @param tokenizer that tokenizer
   * @param most validation samples to use at most
   * @return what was measured
   * @throws IOException if data cannot be read
   */
  public static TokenizerStudy of(Run run, UsedModality modality, Tokenizer tokenizer, int most)
      throws IOException {
    RoundTrip roundTrip = RoundTrip.of(modality, tokenizer, unseen(run, modality, most));
    Map<String, String> shapes = new TreeMap<>();
    long[] numbers = new long[1];
    tokenizer
        .state()
        .forEach(
            (name, tensor) -> {
              shapes.put(name, tensor.getShape().toString());
              numbers[0] += tensor.getShape().size();
            });
    return new TokenizerStudy(
        modality,
        modality.tokenizer().orElseThrow().factory().family(),
        numbers[0],
        shapes,
        run.tokenizers().identity(modality, tokenizer),
        roundTrip,
        Double.NaN,
        CodebookUse.of(tokenizer, roundTrip.tokens()));
  }

  /**
   * Measures the best constant answer of the training split too.
   *
   * @param run the run
   * @return this study with that answer's error
   * @throws IOException if training data cannot be read
   */
  public TokenizerStudy besideConstant(Run run) throws IOException {
    Value constant = run.data().bestConstant(modality);
    Metric.Accumulator best = modality.modality().metric().start();
    roundTrip.originals().forEach(truth -> best.add(constant, truth));
    return new TokenizerStudy(
        modality, family, numbers, shapes, identity, roundTrip, best.error(), use);
  }

  /**
   * Returns how far the reconstructions are from the best constant answer to perfect ones.
   *
   * @return {@code 1 - error / error of the constant}; NaN where that error is 0 or was not
   *     measured
   */
  public double skill() {
    return constantError > 0 ? 1 - roundTrip.error() / constantError : Double.NaN;
  }

  private static List<Value> unseen(Run run, UsedModality modality, int most) throws IOException {
    ValueReader reader = run.data().values(run.recipe().data().validation());
    try (Samples samples = reader.samples()) {
      CroppedValues values = run.data().cropped(reader, modality, CropPlan.CENTER);
      List<Value> unseen = new ArrayList<>();
      for (int i = 0; i < Math.min(most, samples.size()); i++) {
        unseen.add(values.get(i));
      }
      return unseen;
    }
  }
}
