package org.anymod.media.fields;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Field;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.StructuredSpec;

/** Flat objects from the names of fields to numbers; every field may be missing. */
final class FieldSpec implements StructuredSpec {
  private final Map<String, Field> byName = new LinkedHashMap<>();

  FieldSpec(List<Field> fields) {
    fields.forEach(field -> byName.put(field.name(), field));
  }

  @Override
  public Optional<String> violation(Object tree) {
    if (!(tree instanceof Map<?, ?> object)) {
      return Optional.of("is " + tree + ", must be an object from field name to number");
    }
    for (Map.Entry<?, ?> entry : object.entrySet()) {
      Field field = byName.get(entry.getKey());
      if (field == null) {
        return Optional.of(
            "field '" + entry.getKey() + "' is unknown, known are " + byName.keySet());
      }
      if (!(entry.getValue() instanceof Number number)
          || !Double.isFinite(number.doubleValue())
          || (field.bins().whole() && !isCount(number.doubleValue()))) {
        return Optional.of(
            "field '"
                + entry.getKey()
                + "' is "
                + entry.getValue()
                + ", must be a "
                + (field.bins().whole() ? "whole number, at least 0" : "number"));
      }
    }
    return Optional.empty();
  }

  private static boolean isCount(double number) {
    return number >= 0 && Math.rint(number) == number;
  }

  /** Returns the bins of the fields that a document has. */
  static Map<Field, Integer> bins(List<Field> fields, Value value) {
    Map<?, ?> object = (Map<?, ?>) ValueTypes.structured(value).tree();
    Map<Field, Integer> bins = new LinkedHashMap<>();
    for (Field field : fields) {
      if (object.get(field.name()) instanceof Number number) {
        bins.put(field, field.bins().bin(number.doubleValue()));
      }
    }
    return bins;
  }

  /** Returns the document that bins stand for. */
  static Value value(List<Field> fields, Map<Field, Integer> bins) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (Field field : fields) {
      if (bins.containsKey(field)) {
        numbers.put(field.name(), field.bins().value(bins.get(field)));
      }
    }
    return document(fields, numbers);
  }

  /** Returns a document of numbers in the order of the fields, rounded where they must be whole. */
  static Value document(List<Field> fields, Map<String, Double> numbers) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (Field field : fields) {
      Double number = numbers.get(field.name());
      if (number != null && field.bins().whole()) {
        object.put(field.name(), (long) Math.rint(number));
      } else if (number != null) {
        object.put(field.name(), number);
      }
    }
    return new Value.Structured(object);
  }
}
