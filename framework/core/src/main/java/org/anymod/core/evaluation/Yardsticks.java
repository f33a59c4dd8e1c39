package org.anymod.core.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.Progress;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.Samples;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.LoadedModel;
import org.anymod.core.pipeline.Run;
import org.anymod.core.tokenize.CroppedValues;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Value;

/**
 * What predictions are held against: the best constant, truths of other samples, and the truth
 * itself once it has been through its tokenizer. Each is measured once for the same samples.
 */
final class Yardsticks {
  private static final int CONSTANT_SAMPLES = 512;

  private final Scoring scoring;
  private final AlignedValues truths;
  private final Map<String, Value> constants = new LinkedHashMap<>();
  private final Map<List<Object>, Evaluation.Score> known = new HashMap<>();

  private Yardsticks(Scoring scoring, AlignedValues truths) {
    this.scoring = scoring;
    this.truths = truths;
  }

  /**
   * Finds the best constants of the training split.
   *
   * @throws IOException if data cannot be read, or no training sample has one of the outputs
   */
  static Yardsticks of(
      Run run,
      Collection<UsedModality> outputs,
      Scoring scoring,
      AlignedValues truths,
      Progress progress)
      throws IOException {
    Yardsticks result = new Yardsticks(scoring, truths);
    ValueReader reader = run.data().incompleteValues(run.recipe().data().train());
    try (Samples samples = reader.samples()) {
      int most = Math.min(CONSTANT_SAMPLES, samples.size());
      progress.message("best constants from " + most + " training samples");
      for (UsedModality output : outputs) {
        List<Value> values = first(run, reader, output, most);
        if (values.isEmpty()) {
          throw new DatasetException(
              run.recipe().data().train()
                  + ": no sample has '"
                  + output.source()
                  + "', so that there is no best constant to compare predictions with");
        }
        result.constants.put(output.key(), output.modality().metric().constant(values));
      }
    }
    return result;
  }

  private static List<Value> first(Run run, ValueReader reader, UsedModality modality, int count)
      throws IOException {
    CroppedValues cropped = run.data().cropped(reader, modality, CropPlan.CENTER);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < cropped.size() && values.size() < count; i++) {
      if (reader.has(modality.source(), i)) {
        values.add(cropped.get(i));
      }
    }
    return values;
  }

  /** How wrong the best constant is on some samples. */
  Evaluation.Score constant(UsedModality output, int[] samples) {
    return known.computeIfAbsent(
        key("constant", output, samples),
        k -> {
          Value constant = constants.get(output.key());
          return scoring.score(output, Collections.nCopies(samples.length, constant), samples);
        });
  }

  /**
   * How wrong the truth of another sample is, half the samples further on: neighbours may be alike.
   */
  Optional<Evaluation.Score> chance(UsedModality output, int[] samples) {
    if (samples.length < 2) {
      return Optional.empty();
    }
    return Optional.of(
        known.computeIfAbsent(
            key("chance", output, samples),
            k -> {
              List<Value> others = new ArrayList<>(truths.of(output.key(), samples));
              Collections.rotate(others, samples.length / 2);
              return scoring.score(output, others, samples);
            }));
  }

  private static List<Object> key(String what, UsedModality output, int[] samples) {
    return List.of(what, output.key(), Arrays.stream(samples).boxed().toList());
  }

  /** Figures of what tokenizers alone make of the truth, by model key. */
  Map<String, Map<String, Double>> bounds(LoadedModel model, Collection<UsedModality> outputs) {
    Map<String, Map<String, Double>> bounds = new LinkedHashMap<>();
    for (UsedModality output : outputs) {
      int[] samples = truths.having(List.of(output));
      if (model.run().modalities().tokenized().contains(output) && samples.length > 0) {
        List<Value> values = truths.of(output.key(), samples);
        List<Value> reconstructed = model.strictValues().reconstruct(output, values);
        bounds.put(output.key(), scoring.score(output, reconstructed, samples).figures());
      }
    }
    return bounds;
  }
}
