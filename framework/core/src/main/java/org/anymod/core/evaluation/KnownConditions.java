package org.anymod.core.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Conditions;
import org.anymod.core.pipeline.LoadedModel;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;

/**
 * The conditions that were asked for last, so that several outputs are predicted from the same
 * inputs without tokenizing these again.
 */
final class KnownConditions {
  private final LoadedModel model;
  private final AlignedValues truths;
  private List<Object> key = List.of();
  private Conditions last;

  KnownConditions(LoadedModel model, AlignedValues truths) {
    this.model = model;
    this.truths = truths;
  }

  /** Returns the seed of one of several predictions of the same. */
  static long seed(LoadedModel model, int number) {
    return StreamRandom.at(model.run().recipe().seed(), "ensemble", number).nextLong();
  }

  /**
   * Returns conditions.
   *
   * @param inputs what is given
   * @param samples numbers of the samples, all of which have it
   */
  Conditions of(List<UsedModality> inputs, int[] samples) {
    List<Object> wanted = List.of(inputs, Arrays.stream(samples).boxed().toList());
    if (!key.equals(wanted)) {
      List<Map<String, Value>> rows = new ArrayList<>();
      for (int sample : samples) {
        Map<String, Value> row = new LinkedHashMap<>();
        for (UsedModality input : inputs) {
          row.put(input.key(), truths.get(input.key(), sample).orElseThrow());
        }
        rows.add(row);
      }
      int batch = model.run().recipe().evaluation().batch();
      last = Conditions.of(model, rows, seed(model, 0), batch);
      key = wanted;
    }
    return last;
  }
}
