package org.anymod.sdk.archetype;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of the Velocity language that the templates use: <code>${name}</code>, and lines of
 * their own with {@code #if}, {@code #elseif}, {@code #else} and {@code #end} whose conditions
 * compare a variable with a text, joined by {@code ||}. Names that are not known stay as they are,
 * as properties of a POM do.
 */
final class Template {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");
  private static final Pattern DIRECTIVE = Pattern.compile("#(if|elseif)\\((.*)\\)|#(else|end)");
  private static final Pattern COMPARISON =
      Pattern.compile("\\s*\\$(\\w+)\\s*(==|!=)\\s*\"([^\"]*)\"\\s*");

  /** One level of #if: whether a branch was taken already and whether this one is. */
  private record Level(boolean done, boolean active) {}

  private Template() {}

  static String render(String template, Map<String, String> properties) {
    StringBuilder result = new StringBuilder();
    Deque<Level> levels = new ArrayDeque<>();
    for (String line : template.split("(?<=\n)")) {
      Matcher directive = DIRECTIVE.matcher(line.strip());
      if (directive.matches()) {
        follow(directive, levels, properties);
      } else if (levels.stream().allMatch(Level::active)) {
        result.append(replaced(line, properties));
      }
    }
    if (!levels.isEmpty()) {
      throw new IllegalArgumentException("an #if of the template has no #end");
    }
    return result.toString();
  }

  private static void follow(
      Matcher directive, Deque<Level> levels, Map<String, String> properties) {
    String word = directive.group(1) == null ? directive.group(3) : directive.group(1);
    if (word.equals("if")) {
      boolean holds = holds(directive.group(2), properties);
      levels.push(new Level(holds, holds));
      return;
    }
    Level level = levels.pop();
    if (word.equals("elseif")) {
      boolean taken = !level.done() && holds(directive.group(2), properties);
      levels.push(new Level(level.done() || taken, taken));
    } else if (word.equals("else")) {
      levels.push(new Level(true, !level.done()));
    }
  }

  private static boolean holds(String condition, Map<String, String> properties) {
    return Arrays.stream(condition.split("\\|\\|"))
        .anyMatch(
            part -> {
              Matcher comparison = COMPARISON.matcher(part);
              if (!comparison.matches()) {
                throw new IllegalArgumentException(
                    "the condition '" + part + "' is not understood");
              }
              boolean same = comparison.group(3).equals(properties.get(comparison.group(1)));
              return same == comparison.group(2).equals("==");
            });
  }

  private static String replaced(String line, Map<String, String> properties) {
    return VARIABLE
        .matcher(line)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(properties.getOrDefault(match.group(1), match.group())));
  }
}
