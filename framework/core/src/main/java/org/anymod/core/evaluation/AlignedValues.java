package org.anymod.core.evaluation;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.core.tokenize.CroppedValues;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Value;

/**
 * Values of the first samples of a split, the centre of each, by model key and number of the
 * sample. A sample need not have everything.
 */
final class AlignedValues {
  private final int count;
  private final Map<String, Value[]> byKey = new LinkedHashMap<>();

  private AlignedValues(int count) {
    this.count = count;
  }

  /**
   * Reads values.
   *
   * @param run the run
   * @param reader values of a split
   * @param modalities what to read
   * @param count samples to read, from the first on
   * @throws IOException if a file cannot be read
   */
  static AlignedValues read(
      Run run, ValueReader reader, Collection<UsedModality> modalities, int count)
      throws IOException {
    AlignedValues result = new AlignedValues(count);
    for (UsedModality modality : modalities) {
      if (!result.byKey.containsKey(modality.key())) {
        CroppedValues cropped = run.data().cropped(reader, modality, CropPlan.CENTER);
        Value[] values = new Value[count];
        for (int i = 0; i < count; i++) {
          values[i] = reader.has(modality.source(), i) ? cropped.get(i) : null;
        }
        result.byKey.put(modality.key(), values);
      }
    }
    return result;
  }

  int count() {
    return count;
  }

  Optional<Value> get(String key, int sample) {
    return Optional.ofNullable(byKey.get(key)[sample]);
  }

  /** Returns the numbers of the samples that have all of some modalities. */
  int[] having(Collection<UsedModality> modalities) {
    return IntStream.range(0, count)
        .filter(i -> modalities.stream().allMatch(m -> byKey.get(m.key())[i] != null))
        .toArray();
  }

  /** Returns the values of samples that have them. */
  List<Value> of(String key, int[] samples) {
    return Arrays.stream(samples).mapToObj(i -> byKey.get(key)[i]).toList();
  }

  /** Returns what a sample has, by model key. */
  Map<String, Value> of(int sample) {
    Map<String, Value> values = new LinkedHashMap<>();
    byKey.forEach(
        (key, all) -> {
          if (all[sample] != null) {
            values.put(key, all[sample]);
          }
        });
    return values;
  }
}
