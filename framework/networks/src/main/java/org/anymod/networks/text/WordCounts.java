package org.anymod.networks.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the words of a corpus, split as encoding splits them; added tokens are left out. */
final class WordCounts {
  private final Map<String, Long> counts = new HashMap<>();
  private final AddedTokens specials;
  private final AddedTokens.Parts parts =
      new AddedTokens.Parts() {
        @Override
        public void token(int id) {
          // Found as a whole when encoding too, so its letters need no pieces.
        }

        @Override
        public void plain(char[] text, int from, int to) {
          addWords(text, from, to);
        }
      };

  WordCounts(List<AddedToken> added) {
    specials = new AddedTokens(added);
  }

  void add(String text) {
    specials.split(text, parts);
  }

  /** Words in alphabetical order with the number of times each was seen. */
  SortedMap<String, Long> words() {
    return new TreeMap<>(counts);
  }

  private void addWords(char[] text, int from, int to) {
    for (int i = from; i < to; ) {
      int end = WordPieces.partEnd(text, i, to);
      if (!CharacterClasses.isWhitespace(Character.codePointAt(text, i, to))
          && Character.codePointCount(text, i, end - i) <= WordPieceTrainer.MAX_WORD_CHARACTERS) {
        counts.merge(new String(text, i, end - i), 1L, Long::sum);
      }
      i = end;
    }
  }
}
