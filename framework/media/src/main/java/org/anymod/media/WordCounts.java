package org.anymod.media;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a text in order and how often each occurs. Words are runs of letters, marks and
 * digits in lower case.
 *
 * @param words the words in order
 * @param counts number of occurrences of each
 */
record WordCounts(List<String> words, Map<String, Integer> counts) {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

  static WordCounts of(String text) {
    List<String> words = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      words.add(matcher.group());
      counts.merge(matcher.group(), 1, Integer::sum);
    }
    return new WordCounts(words, counts);
  }

  /** Returns the harmonic mean of precision and recall of the multisets; 1 if both are empty. */
  double f1(WordCounts other) {
    if (words.isEmpty() && other.words.isEmpty()) {
      return 1;
    }
    int shared = 0;
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      shared += Math.min(entry.getValue(), other.counts.getOrDefault(entry.getKey(), 0));
    }
    return 2.0 * shared / (words.size() + other.words.size());
  }
}
