package org.anymod.media;

import java.util.List;
import org.anymod.spi.Value;

/**
 * Narrows values to the type that a modality declared, with a clear message where a caller mixed up
 * modalities.
 */
public final class ValueTypes {
  private ValueTypes() {}

  /**
   * Returns the value as a raster.
   *
   * @param value a value
   * @return the same value
   * @throws IllegalArgumentException if it is of another type
   */
  public static Value.Raster raster(Value value) {
    return narrow(value, Value.Raster.class);
  }

  /**
   * Returns the value as a class map.
   *
   * @param value a value
   * @return the same value
   * @throws IllegalArgumentException if it is of another type
   */
  public static Value.ClassMap classMap(Value value) {
    return narrow(value, Value.ClassMap.class);
  }

  /**
   * Returns the value as a text.
   *
   * @param value a value
   * @return the same value
   * @throws IllegalArgumentException if it is of another type
   */
  public static Value.Text text(Value value) {
    return narrow(value, Value.Text.class);
  }

  /**
   * Returns the value as a list of vectors.
   *
   * @param value a value
   * @return the same value
   * @throws IllegalArgumentException if it is of another type
   */
  public static Value.Vectors vectors(Value value) {
    return narrow(value, Value.Vectors.class);
  }

  /**
   * Returns the value as a structured document.
   *
   * @param value a value
   * @return the same value
   * @throws IllegalArgumentException if it is of another type
   */
  public static Value.Structured structured(Value value) {
    return narrow(value, Value.Structured.class);
  }

  /**
   * Returns the texts of a value that is one text or a list of several.
   *
   * @param value a text, or a structured document that is a list of strings
   * @return the texts, at least one
   * @throws IllegalArgumentException if it is anything else
   */
  public static List<String> texts(Value value) {
    if (value instanceof Value.Structured document
        && document.tree() instanceof List<?> list
        && !list.isEmpty()
        && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    return List.of(text(value).text());
  }

  private static <T extends Value> T narrow(Value value, Class<T> type) {
    if (!type.isInstance(value)) {
      String found = value == null ? "nothing" : value.getClass().getSimpleName();
      throw new IllegalArgumentException(
          "the value is " + found + ", must be " + type.getSimpleName());
    }
    return type.cast(value);
  }
}
