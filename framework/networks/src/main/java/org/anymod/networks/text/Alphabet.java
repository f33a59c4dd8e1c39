package org.anymod.networks.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The pieces of one character that a vocabulary starts from: the most frequent characters of a
 * corpus, each by itself and, where seen inside a word, as a continuation.
 */
final class Alphabet {
  /**
   * Rarer characters stay unknown; a corpus from the web would otherwise bring tens of thousands.
   */
  private static final int MAX_CHARACTERS = 1000;

  private final Map<Integer, Long> counts = new TreeMap<>();
  private final SortedSet<Integer> continuing = new TreeSet<>();

  private Alphabet() {}

  /**
   * Chooses the pieces.
   *
   * @param words words and how often each was seen
   * @param added added tokens, which the vocabulary already has; letters of class words count once
   *     each, so that their plurals can be written
   * @param vocabularySize entries that the vocabulary may have in all
   * @return characters by code point, then continuations by code point
   */
  static List<String> of(
      SortedMap<String, Long> words, List<AddedToken> added, int vocabularySize) {
    Alphabet alphabet = new Alphabet();
    words.forEach(alphabet::count);
    WordCounts classWords = new WordCounts(List.of());
    added.stream().filter(AddedToken::normalized).forEach(t -> classWords.add(t.content()));
    classWords.words().forEach((word, times) -> alphabet.count(word, 1L));
    return alphabet.pieces(vocabularySize - added.size());
  }

  private void count(String word, long times) {
    for (int i = 0; i < word.length(); ) {
      int c = word.codePointAt(i);
      counts.merge(c, times, Long::sum);
      if (i > 0) {
        continuing.add(c);
      }
      i += Character.charCount(c);
    }
  }

  private List<String> pieces(int room) {
    List<Integer> byFrequency = new ArrayList<>(counts.keySet());
    byFrequency.sort(Comparator.<Integer>comparingLong(counts::get).reversed());
    SortedSet<Integer> kept = new TreeSet<>();
    int left = room;
    for (int c : byFrequency) {
      left -= continuing.contains(c) ? 2 : 1;
      if (left < 0 || kept.size() == MAX_CHARACTERS) {
        break;
      }
      kept.add(c);
    }
    List<String> pieces = new ArrayList<>();
    kept.forEach(c -> pieces.add(Character.toString(c)));
    kept.stream()
        .filter(continuing::contains)
        .forEach(c -> pieces.add(WordPieces.CONTINUATION + Character.toString(c)));
    return pieces;
  }
}
