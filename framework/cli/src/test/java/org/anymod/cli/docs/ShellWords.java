package org.anymod.cli.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a command line as a shell does, with quotes and without variables. */
final class ShellWords {
  private static final Pattern PART = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)|(\\s+)");

  private ShellWords() {}

  static List<String> of(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    Matcher matcher = PART.matcher(command);
    while (matcher.find()) {
      if (matcher.group(4) != null) {
        if (word != null) {
          words.add(word.toString());
        }
        word = null;
        continue;
      }
      word = word == null ? new StringBuilder() : word;
      for (int group = 1; group <= 3; group++) {
        word.append(matcher.group(group) == null ? "" : matcher.group(group));
      }
    }
    if (word != null) {
      words.add(word.toString());
    }
    return words;
  }
}
