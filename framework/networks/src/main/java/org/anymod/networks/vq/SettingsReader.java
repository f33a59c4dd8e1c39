package org.anymod.networks.vq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the settings of a tokenizer by name and says what is wrong with them. */
final class SettingsReader {
  private final Map<String, Object> settings;

  private SettingsReader(Map<String, Object> settings) {
    this.settings = settings;
  }

  /** Reads settings of which only the given names are allowed. */
  static SettingsReader of(Map<String, Object> settings, Set<String> names) {
    for (String name : settings.keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "unknown tokenizer setting '"
                + name
                + "'; allowed are "
                + String.join(", ", new TreeSet<>(names)));
      }
    }
    return new SettingsReader(settings);
  }

  boolean has(String name) {
    return settings.get(name) != null;
  }

  int whole(String name, int fallback, int min, int max) {
    double value = number(name, fallback, min, max);
    if (value != Math.rint(value)) {
      throw wrong(name, value, "a whole number");
    }
    return (int) value;
  }

  double number(String name, double fallback, double min, double max) {
    Object value = has(name) ? settings.get(name) : fallback;
    if (!(value instanceof Number number)) {
      throw wrong(name, "'" + value + "'", "a number");
    }
    double d = number.doubleValue();
    if (!(d >= min && d <= max)) {
      throw new IllegalArgumentException(
          "tokenizer setting "
              + name
              + " is "
              + value
              + ", must lie in ["
              + min
              + ", "
              + max
              + "]");
    }
    return d;
  }

  boolean flag(String name, boolean fallback) {
    Object value = has(name) ? settings.get(name) : fallback;
    if (!(value instanceof Boolean b)) {
      throw wrong(name, "'" + value + "'", "true or false");
    }
    return b;
  }

  String text(String name, String fallback) {
    return has(name) ? settings.get(name).toString() : fallback;
  }

  /** One of the constants of an enum, written in small letters. */
  <E extends Enum<E>> E choice(String name, E fallback, E[] all) {
    String value = text(name, spelled(fallback));
    List<String> names = Arrays.stream(all).map(SettingsReader::spelled).toList();
    int index = names.indexOf(value);
    if (index < 0) {
      throw wrong(name, "'" + value + "'", "one of " + String.join(", ", names));
    }
    return all[index];
  }

  static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Numbers: a list, or text with commas between them. */
  List<Double> numbers(String name, List<Double> fallback) {
    if (!has(name)) {
      return fallback;
    }
    Object value = settings.get(name);
    List<?> parts = value instanceof List<?> list ? list : List.of(value.toString().split(","));
    List<Double> numbers = new ArrayList<>();
    for (Object part : parts) {
      try {
        numbers.add(Double.valueOf(part.toString().strip()));
      } catch (NumberFormatException e) {
        throw wrong(name, "'" + value + "'", "numbers with commas between them");
      }
    }
    return List.copyOf(numbers);
  }

  static IllegalArgumentException wrong(String name, Object found, String allowed) {
    return new IllegalArgumentException(
        "tokenizer setting " + name + " is " + found + ", must be " + allowed);
  }
}
