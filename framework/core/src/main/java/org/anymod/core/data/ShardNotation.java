package org.anymod.core.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which tar files of which folders are meant, as {@code [a,b]/shard-{00000..00099}.tar}: names of
 * folders in square brackets, then names of files in which braces stand for alternatives.
 *
 * <p>Braces hold a list {@code {a,b}} or a range {@code {1..10}}, {@code {010..001}}, {@code
 * {0..8..2}} or {@code {a..e}}; zeros in front give all numbers the same width; braces may follow
 * each other, the last one counting fastest, and lists may hold braces. Several patterns are joined
 * with {@code ::}, and {@code ${NAME}} stands for the environment variable {@code WDS_NAME}.
 * Without brackets all folders are meant.
 *
 * @param folders names of folders; empty for all
 * @param files names of tar files in order, at least one, each once
 */
public record ShardNotation(List<String> folders, List<String> files) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*\\.tar");

  /** Checks names. */
  public ShardNotation {
    folders = List.copyOf(folders);
    files = List.copyOf(files);
    folders.forEach(SampleName::checkSource);
    Set<String> seen = new LinkedHashSet<>();
    for (String file : files) {
      if (!FILE.matcher(file).matches()) {
        throw new IllegalArgumentException(
            "'"
                + file
                + "' is no name of a shard, which has letters, digits, _ . - and ends in .tar");
      }
      if (!seen.add(file)) {
        throw new IllegalArgumentException("'" + file + "' is named twice");
      }
    }
  }

  /**
   * Reads a pattern.
   *
   * @param text the pattern
   * @return folders and files
   * @throws IllegalArgumentException if it is malformed; the message tells the column
   */
  public static ShardNotation parse(String text) {
    return parse(text, System::getenv);
  }

  static ShardNotation parse(String text, UnaryOperator<String> environment) {
    String filled = fill(text, environment);
    List<String> folders = new ArrayList<>();
    int at = 0;
    if (filled.startsWith("[")) {
      int close = filled.indexOf(']');
      if (close < 0) {
        throw mistake(filled, 0, "[ without ]");
      }
      folders.addAll(List.of(filled.substring(1, close).split(",", -1)));
      at = close + 1;
      if (at >= filled.length() || filled.charAt(at) != '/') {
        throw mistake(filled, at, "no / behind ]");
      }
      at++;
    }
    int second = filled.indexOf('[', at);
    if (second >= 0) {
      throw mistake(filled, second, "[ that is not at the beginning");
    }
    List<String> files = new ArrayList<>();
    for (int end = at; end >= 0; at = end + 2) {
      end = filled.indexOf("::", at);
      files.addAll(new Braces(filled, at, end < 0 ? filled.length() : end).expand());
      if (end < 0) {
        break;
      }
    }
    try {
      return new ShardNotation(folders, files);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
    }
  }

  private static String fill(String text, UnaryOperator<String> environment) {
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      String value = environment.apply("WDS_" + matcher.group(1));
      if (value == null) {
        throw mistake(
            text,
            matcher.start(),
            matcher.group() + ", but the environment has no WDS_" + matcher.group(1));
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(filled).toString();
  }

  static IllegalArgumentException mistake(String text, int index, String found) {
    return new IllegalArgumentException(
        "'" + text + "', column " + (index + 1) + ": found " + found);
  }
}
