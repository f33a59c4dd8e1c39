package org.anymod.networks.diffusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads settings by name and collects everything that is wrong with them. */
final class SettingsReader {
  private final Map<String, Object> settings;
  private final TreeSet<String> known = new TreeSet<>();
  private final List<String> problems = new ArrayList<>();

  SettingsReader(Map<String, Object> settings) {
    this.settings = settings;
  }

  private Object get(String name, Object fallback) {
    known.add(name);
    return settings.getOrDefault(name, fallback);
  }

  /** Notes what is wrong with a setting. */
  void problem(String name, Object found, String allowed) {
    problems.add("tokenizer setting " + name + " is '" + found + "', must be " + allowed);
  }

  int whole(String name, int fallback, int min, int max) {
    Object value = get(name, fallback);
    if (value instanceof Number number
        && number.doubleValue() == Math.rint(number.doubleValue())
        && number.doubleValue() >= min
        && number.doubleValue() <= max) {
      return number.intValue();
    }
    problem(name, value, "a whole number in [" + min + ", " + max + "]");
    return fallback;
  }

  double number(String name, double fallback, double min, double max) {
    Object value = get(name, fallback);
    if (value instanceof Number number
        && number.doubleValue() >= min
        && number.doubleValue() <= max) {
      return number.doubleValue();
    }
    problem(name, value, "a number in [" + min + ", " + max + "]");
    return fallback;
  }

  boolean flag(String name, boolean fallback) {
    Object value = get(name, fallback);
    if (value instanceof Boolean flag) {
      return flag;
    }
    problem(name, value, "true or false");
    return fallback;
  }

  String text(String name, String fallback) {
    return get(name, fallback).toString();
  }

  String choice(String name, String fallback, String... allowed) {
    String value = text(name, fallback);
    if (Arrays.asList(allowed).contains(value)) {
      return value;
    }
    problem(name, value, "one of " + String.join(", ", allowed));
    return fallback;
  }

  /** Whole numbers above 0: a list, or a text with commas between them. */
  List<Integer> wholes(String name, List<Integer> fallback, boolean emptyAllowed) {
    Object value = get(name, fallback);
    String text = value.toString().replaceAll("[\\[\\]\\s]", "");
    List<Integer> numbers = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String part : text.split(",")) {
        if (!part.matches("[1-9][0-9]{0,5}")) {
          problem(name, value, "whole numbers above 0 with commas between them");
          return fallback;
        }
        numbers.add(Integer.valueOf(part));
      }
    }
    if (numbers.isEmpty() && !emptyAllowed) {
      problem(name, value, "at least one whole number above 0");
      return fallback;
    }
    return List.copyOf(numbers);
  }

  /** Throws if anything was wrong, or a setting was not asked for. */
  void finish() {
    for (String name : settings.keySet()) {
      if (!known.contains(name)) {
        problems.add(
            "unknown tokenizer setting '" + name + "'; allowed are " + String.join(", ", known));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }
}
