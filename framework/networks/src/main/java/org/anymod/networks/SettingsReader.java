package org.anymod.networks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads the settings of a tokenizer by name and collects everything that is wrong with them. What
 * is wrong reads as its fallback until {@link #check} or {@link #finish} says so.
 */
public final class SettingsReader {
  private final Map<String, Object> settings;
  private final TreeSet<String> known = new TreeSet<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * Creates a reader.
   *
   * @param settings settings by name; those without a value count as absent
   */
  public SettingsReader(Map<String, Object> settings) {
    this.settings = settings;
  }

  /**
   * Returns whether there is a setting, which is a known one from now on.
   *
   * @param name its name
   * @return whether it has a value
   */
  public boolean has(String name) {
    known.add(name);
    return settings.get(name) != null;
  }

  private Object get(String name, Object fallback) {
    return has(name) ? settings.get(name) : fallback;
  }

  /**
   * Reads a whole number.
   *
   * @param name name of the setting
   * @param fallback its value if it is absent
   * @param min smallest allowed
   * @param max largest allowed
   * @return the number
   */
  public int whole(String name, int fallback, int min, int max) {
    Object value = get(name, fallback);
    if (value instanceof Number number
        && number.doubleValue() == Math.rint(number.doubleValue())
        && number.doubleValue() >= min
        && number.doubleValue() <= max) {
      return number.intValue();
    }
    problem(name, quoted(value), "a whole number in [" + min + ", " + max + "]");
    return fallback;
  }

  /**
   * Reads a number.
   *
   * @param name name of the setting
   * @param fallback its value if it is absent
   * @param min smallest allowed
   * @param max largest allowed
   * @return the number
   */
  public double number(String name, double fallback, double min, double max) {
    Object value = get(name, fallback);
    if (value instanceof Number number
        && number.doubleValue() >= min
        && number.doubleValue() <= max) {
      return number.doubleValue();
    }
    problem(name, quoted(value), "a number in [" + min + ", " + max + "]");
    return fallback;
  }

  /**
   * Reads true or false.
   *
   * @param name name of the setting
   * @param fallback its value if it is absent
   * @return the value
   */
  public boolean flag(String name, boolean fallback) {
    Object value = get(name, fallback);
    if (value instanceof Boolean flag) {
      return flag;
    }
    problem(name, quoted(value), "true or false");
    return fallback;
  }

  /**
   * Reads a text.
   *
   * @param name name of the setting
   * @param fallback its value if it is absent
   * @return the text
   */
  public String text(String name, String fallback) {
    return get(name, fallback).toString();
  }

  /**
   * Reads one of several words.
   *
   * @param name name of the setting
   * @param fallback its value if it is absent
   * @param allowed the words
   * @return one of them
   */
  public String choice(String name, String fallback, String... allowed) {
    String value = text(name, fallback);
    if (Arrays.asList(allowed).contains(value)) {
      return value;
    }
    problem(name, quoted(value), "one of " + String.join(", ", allowed));
    return fallback;
  }

  /**
   * Reads a constant of an enum, written in small letters.
   *
   * @param <E> the enum
   * @param name name of the setting
   * @param fallback its value if it is absent
   * @param allowed the constants that it may be
   * @return one of them
   */
  public <E extends Enum<E>> E choice(String name, E fallback, E[] allowed) {
    String[] words = Arrays.stream(allowed).map(SettingsReader::spelled).toArray(String[]::new);
    String word = choice(name, spelled(fallback), words);
    return allowed[Arrays.asList(words).indexOf(word)];
  }

  /**
   * Returns how recipes spell a constant.
   *
   * @param constant the constant
   * @return its name in small letters
   */
  public static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads numbers: a list, or a text with commas between them.
   *
   * @param name name of the setting
   * @param fallback its value if it is absent
   * @return the numbers
   */
  public List<Double> numbers(String name, List<Double> fallback) {
    Object value = get(name, fallback);
    List<?> parts = value instanceof List<?> list ? list : List.of(value.toString().split(","));
    List<Double> numbers = new ArrayList<>();
    for (Object part : parts) {
      try {
        numbers.add(Double.valueOf(part.toString().strip()));
      } catch (NumberFormatException e) {
        problem(name, quoted(value), "numbers with commas between them");
        return fallback;
      }
    }
    return List.copyOf(numbers);
  }

  /**
   * Reads whole numbers above 0: a list, or a text with commas between them.
   *
   * @param name name of the setting
   * @param fallback its value if it is absent
   * @param emptyAllowed whether there may be none
   * @return the numbers
   */
  public List<Integer> wholes(String name, List<Integer> fallback, boolean emptyAllowed) {
    Object value = get(name, fallback);
    String text = value.toString().replaceAll("[\\[\\]\\s]", "");
    List<Integer> numbers = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String part : text.split(",")) {
        if (!part.matches("[1-9][0-9]{0,5}")) {
          problem(name, quoted(value), "whole numbers above 0 with commas between them");
          return fallback;
        }
        numbers.add(Integer.valueOf(part));
      }
    }
    if (numbers.isEmpty() && !emptyAllowed) {
      Object found = has(name) ? quoted(value) : "absent";
      problem(name, found, "at least one whole number above 0, such as \"8, 5, 5, 5\"");
      return fallback;
    }
    return List.copyOf(numbers);
  }

  /**
   * Notes what is wrong with a setting.
   *
   * @param name name of the setting
   * @param found what it is
   * @param allowed what it must be
   */
  public void problem(String name, Object found, String allowed) {
    problems.add(message(name, found, allowed));
  }

  /**
   * Returns the error about a setting that is found out to be wrong later.
   *
   * @param name name of the setting
   * @param found what it is
   * @param allowed what it must be
   * @return the error
   */
  public static IllegalArgumentException wrong(String name, Object found, String allowed) {
    return new IllegalArgumentException(message(name, found, allowed));
  }

  private static String message(String name, Object found, String allowed) {
    return "tokenizer setting " + name + " is " + found + ", must be " + allowed;
  }

  private static Object quoted(Object value) {
    return value instanceof Number || value instanceof Boolean ? value : "'" + value + "'";
  }

  /**
   * Ends the reading of some settings.
   *
   * @throws IllegalArgumentException if any of them was wrong; the message tells all
   */
  public void check() {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /**
   * Ends the reading of all settings.
   *
   * @throws IllegalArgumentException if any was wrong, or is none of those that were asked for; the
   *     message tells all
   */
  public void finish() {
    for (String name : settings.keySet()) {
      if (!known.contains(name)) {
        problems.add(
            "unknown tokenizer setting '" + name + "'; allowed are " + String.join(", ", known));
      }
    }
    check();
  }
}
