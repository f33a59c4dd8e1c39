package org.anymod.core.data;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expands braces as a shell does, see {@link ShardNotation}; all that is malformed is refused. */
final class Braces {
  private static final int MOST = 1_000_000;
  private static final Pattern NUMBERS =
      Pattern.compile("(-?\\d{1,9})\\.\\.(-?\\d{1,9})(?:\\.\\.(-?\\d{1,9}))?");
  private static final Pattern LETTERS =
      Pattern.compile("([A-Za-z])\\.\\.([A-Za-z])(?:\\.\\.(-?\\d{1,9}))?");

  private final String text;
  private final int end;
  private int at;

  Braces(String text, int start, int end) {
    this.text = text;
    this.at = start;
    this.end = end;
  }

  List<String> expand() {
    return sequence(false);
  }

  /** Reads to the end, or inside of braces to a comma or a closing brace, which is left. */
  private List<String> sequence(boolean inside) {
    List<String> all = List.of("");
    while (at < end) {
      char c = text.charAt(at);
      if (c == '{') {
        all = product(all, group());
      } else if (inside && (c == ',' || c == '}')) {
        return all;
      } else if (c == '}') {
        throw ShardNotation.mistake(text, at, "} without {");
      } else {
        int from = at;
        while (at < end && !isSpecial(text.charAt(at), inside)) {
          at++;
        }
        all = product(all, List.of(text.substring(from, at)));
      }
    }
    return all;
  }

  private static boolean isSpecial(char c, boolean inside) {
    return c == '{' || c == '}' || (inside && c == ',');
  }

  private List<String> group() {
    int open = at++;
    List<String> all = new ArrayList<>();
    int items = 0;
    while (true) {
      all.addAll(sequence(true));
      items++;
      check(all.size(), open);
      if (at >= end) {
        throw ShardNotation.mistake(text, open, "{ without }");
      }
      if (text.charAt(at++) == '}') {
        break;
      }
    }
    return items > 1 ? all : range(text.substring(open + 1, at - 1), open);
  }

  private List<String> range(String inner, int open) {
    Matcher numbers = NUMBERS.matcher(inner);
    if (numbers.matches()) {
      String first = numbers.group(1);
      String last = numbers.group(2);
      boolean padded = isPadded(first) || isPadded(last);
      int width = padded ? Math.max(first.length(), last.length()) : 1;
      List<String> names = new ArrayList<>();
      for (int value : steps(parse(first), parse(last), numbers.group(3), open)) {
        names.add(String.format("%0" + width + "d", value));
      }
      return names;
    }
    Matcher letters = LETTERS.matcher(inner);
    if (letters.matches()) {
      List<String> names = new ArrayList<>();
      int from = letters.group(1).charAt(0);
      for (int value : steps(from, letters.group(2).charAt(0), letters.group(3), open)) {
        names.add(String.valueOf((char) value));
      }
      return names;
    }
    throw ShardNotation.mistake(
        text, open, "{" + inner + "}, which is neither a list {a,b} nor a range {0..9}");
  }

  private static boolean isPadded(String number) {
    String digits = number.startsWith("-") ? number.substring(1) : number;
    return digits.length() > 1 && digits.startsWith("0");
  }

  private List<Integer> steps(int first, int last, String step, int open) {
    int size = step == null ? 1 : Math.abs(parse(step));
    if (size == 0) {
      throw ShardNotation.mistake(text, open, "a range with a step of 0");
    }
    check((Math.abs((long) last - first)) / size + 1, open);
    List<Integer> values = new ArrayList<>();
    int sign = last < first ? -1 : 1;
    for (long value = first; sign * value <= (long) sign * last; value += (long) sign * size) {
      values.add((int) value);
    }
    return values;
  }

  private static int parse(String digits) {
    return Integer.parseInt(digits);
  }

  private List<String> product(List<String> heads, List<String> tails) {
    check((long) heads.size() * tails.size(), at - 1);
    List<String> all = new ArrayList<>(heads.size() * tails.size());
    for (String head : heads) {
      for (String tail : tails) {
        all.add(head + tail);
      }
    }
    return all;
  }

  private void check(long count, int index) {
    if (count > MOST) {
      throw ShardNotation.mistake(text, index, count + " names, at most " + MOST + " are allowed");
    }
  }
}
