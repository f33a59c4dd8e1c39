package org.anymod.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.tokenize.CroppedValues;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Value;

/**
 * Samples of the validation split that a page offers, cut to their centre square. There are none
 * where the split is not on this machine.
 */
final class Examples {
  private final ServedModels models;
  private final Optional<ValueReader> reader;
  private final int size;
  private final Map<String, CroppedValues> cropped = new ConcurrentHashMap<>();

  private Examples(ServedModels models, Optional<ValueReader> reader, int size) {
    this.models = models;
    this.reader = reader;
    this.size = size;
  }

  static Examples of(ServedModels models, Optional<ValueReader> split, int most) {
    Optional<ValueReader> reader = split.map(values -> values.take(most));
    return new Examples(models, reader, reader.map(r -> r.samples().size()).orElse(0));
  }

  int size() {
    return size;
  }

  boolean has(int number, UsedModality modality) {
    return reader.isPresent() && reader.get().has(modality.source(), number);
  }

  /** Returns a value of an example. */
  Value value(int number, UsedModality modality) {
    try {
      return cropped.computeIfAbsent(modality.key(), key -> open(modality)).get(number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CroppedValues open(UsedModality modality) {
    return models.first().data().cropped(reader.orElseThrow(), modality, CropPlan.CENTER);
  }

  /** Returns names and modalities of the examples, for clients. */
  Map<String, Object> tree() {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Map<String, Object> example = new LinkedHashMap<>();
      int number = i;
      example.put("number", number);
      example.put("name", reader.orElseThrow().samples().name(number));
      example.put(
          "keys",
          models.modalities().stream()
              .filter(modality -> has(number, modality))
              .map(UsedModality::key)
              .toList());
      list.add(example);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("examples", list);
    return tree;
  }
}
