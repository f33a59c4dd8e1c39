package org.anymod.core.retrieval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.anymod.core.data.DatasetException;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.core.tokenize.CroppedValues;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Value;

/** Samples of a split that have all of some modalities, with their values at the centre. */
final class SampleChoice {
  private final ValueReader reader;
  private final int[] having;
  private final Map<String, CroppedValues> values = new LinkedHashMap<>();

  private SampleChoice(ValueReader reader, int[] having) {
    this.reader = reader;
    this.having = having;
  }

  /**
   * Chooses samples.
   *
   * @throws DatasetException if no sample has all modalities
   */
  static SampleChoice of(Run run, ValueReader reader, List<UsedModality> modalities)
      throws DatasetException {
    int[] having =
        IntStream.range(0, reader.samples().size())
            .filter(i -> modalities.stream().allMatch(m -> reader.has(m.source(), i)))
            .toArray();
    List<String> keys = modalities.stream().map(UsedModality::key).toList();
    if (having.length == 0) {
      throw new DatasetException(
          "none of "
              + reader.samples().size()
              + " samples has "
              + String.join(", ", keys)
              + ", the gallery would be empty");
    }
    SampleChoice choice = new SampleChoice(reader, having);
    for (UsedModality modality : modalities) {
      choice.values.put(modality.key(), run.data().cropped(reader, modality, CropPlan.CENTER));
    }
    return choice;
  }

  List<String> names() {
    return IntStream.of(having).mapToObj(reader.samples()::name).toList();
  }

  /** Numbers of the samples in the split. */
  int[] numbers() {
    return having;
  }

  Value value(UsedModality modality, int number) throws IOException {
    return values.get(modality.key()).get(having[number]);
  }

  List<Map<String, Value>> values(int from, int to) throws IOException {
    List<Map<String, Value>> rows = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Map<String, Value> row = new LinkedHashMap<>();
      for (Map.Entry<String, CroppedValues> entry : values.entrySet()) {
        row.put(entry.getKey(), entry.getValue().get(having[i]));
      }
      rows.add(row);
    }
    return rows;
  }
}
