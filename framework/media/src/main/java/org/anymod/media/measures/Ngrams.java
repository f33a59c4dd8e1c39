package org.anymod.media.measures;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs of words and how often each occurs. */
final class Ngrams {
  private Ngrams() {}

  /** Counts the runs of {@code length} words of a text; none where the text is shorter. */
  static Map<List<String>, Integer> counts(List<String> words, int length) {
    Map<List<String>, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i + length <= words.size(); i++) {
      counts.merge(List.copyOf(words.subList(i, i + length)), 1, Integer::sum);
    }
    return counts;
  }
}
