package org.anymod.networks.text;

import java.util.List;

/**
 * Splits normalised text into words at white space and punctuation, and each word into the longest
 * pieces that the vocabulary holds, from left to right (Wu et al. 2016, arXiv 1609.08144; BERT's
 * greedy variant).
 */
final class WordPieces {
  /** Marks a piece that continues a word. */
  static final String CONTINUATION = "##";

  private final CharTrie trie = new CharTrie();
  private final int continuation;
  private final int unknown;
  private final int maxCharacters;

  WordPieces(List<String> vocabulary, int unknown, int maxCharacters) {
    for (int id = 0; id < vocabulary.size(); id++) {
      trie.put(vocabulary.get(id), id);
    }
    this.continuation = trie.find(CONTINUATION);
    this.unknown = unknown;
    this.maxCharacters = maxCharacters;
  }

  /**
   * A token as it follows another: after a space, unless it continues a word or closes a sentence.
   */
  static String following(String token) {
    if (token.startsWith(CONTINUATION)) {
      return token.substring(CONTINUATION.length());
    }
    boolean closing = !token.isEmpty() && ".,?!".indexOf(token.charAt(0)) >= 0;
    return closing ? token : " " + token;
  }

  /** Takes the parts of a text and appends their ids to a list. */
  AddedTokens.Parts appendingTo(IdBuffer out) {
    return new AddedTokens.Parts() {
      @Override
      public void token(int id) {
        out.add(id);
      }

      @Override
      public void plain(char[] text, int from, int to) {
        encode(text, from, to, out);
      }
    };
  }

  /** Appends the ids of the pieces of a stretch of normalised text. */
  void encode(char[] text, int from, int to, IdBuffer out) {
    for (int i = from; i < to; ) {
      int end = partEnd(text, i, to);
      if (!CharacterClasses.isWhitespace(Character.codePointAt(text, i, to))) {
        encodeWord(text, i, end, out);
      }
      i = end;
    }
  }

  /**
   * Where the word, the punctuation character or the white space character that begins here ends.
   */
  static int partEnd(char[] text, int from, int to) {
    int first = Character.codePointAt(text, from, to);
    int i = from + Character.charCount(first);
    if (CharacterClasses.isWhitespace(first) || CharacterClasses.isPunctuation(first)) {
      return i;
    }
    while (i < to) {
      int c = Character.codePointAt(text, i, to);
      if (CharacterClasses.isWhitespace(c) || CharacterClasses.isPunctuation(c)) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  private void encodeWord(char[] text, int from, int to, IdBuffer out) {
    if (to - from > maxCharacters
        && Character.codePointCount(text, from, to - from) > maxCharacters) {
      out.add(unknown);
      return;
    }
    int mark = out.size();
    int start = CharTrie.ROOT;
    for (int i = from; i < to; ) {
      int best = CharTrie.NONE;
      int bestEnd = i;
      int node = start;
      for (int j = i; j < to && node != CharTrie.NONE; j++) {
        node = trie.child(node, text[j]);
        if (node != CharTrie.NONE && trie.value(node) != CharTrie.NONE) {
          best = trie.value(node);
          bestEnd = j + 1;
        }
      }
      if (best == CharTrie.NONE) {
        out.truncate(mark);
        out.add(unknown);
        return;
      }
      out.add(best);
      i = bestEnd;
      start = continuation;
    }
  }
}
