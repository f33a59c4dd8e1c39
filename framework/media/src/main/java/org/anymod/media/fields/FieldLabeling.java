package org.anymod.media.fields;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.spi.Field;
import org.anymod.spi.FieldGroup.FieldLabeler;
import org.anymod.spi.Labeler;
import org.anymod.spi.Value;

/**
 * Computes what fields it can from the modalities that are there. Where several labelers give the
 * same field, the first counts.
 */
final class FieldLabeling implements Labeler {
  private final List<Field> fields;
  private final List<FieldLabeler> parts;

  FieldLabeling(List<Field> fields, List<FieldLabeler> parts) {
    this.fields = fields;
    this.parts = parts;
  }

  @Override
  public List<String> from() {
    return parts.stream().map(FieldLabeler::from).distinct().toList();
  }

  @Override
  public boolean needsAll() {
    return false;
  }

  @Override
  public Value label(Map<String, Value> inputs) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (FieldLabeler part : parts) {
      if (inputs.containsKey(part.from())) {
        part.compute(inputs.get(part.from())).forEach(numbers::putIfAbsent);
      }
    }
    List<String> known = fields.stream().map(Field::name).toList();
    for (String name : numbers.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "a labeler gives the field '" + name + "', known are " + known);
      }
    }
    return FieldSpec.document(fields, numbers);
  }
}
