package org.anymod.networks.text;

import java.util.Collection;

/**
 * Finds added tokens in a text: leftmost first, then longest. A token that must stand alone but
 * touches a word character is skipped as a whole; nothing inside it is found either.
 */
final class AddedTokenMatcher {
  private final CharTrie trie = new CharTrie();
  private final boolean[] singleWord;

  AddedTokenMatcher(Collection<AddedToken> tokens) {
    int maxId = tokens.stream().mapToInt(AddedToken::id).max().orElse(-1);
    singleWord = new boolean[maxId + 1];
    for (AddedToken token : tokens) {
      String content = token.content();
      if (token.normalized()) {
        content = new String(BertNormalizer.normalize(content, 0, content.length()));
      }
      if (!content.isEmpty()) {
        trie.put(content, token.id());
        singleWord[token.id()] = token.singleWord();
      }
    }
  }

  /**
   * Starts to search a text.
   *
   * @param text the characters
   * @return a cursor before the first token
   */
  Cursor in(CharSequence text) {
    return new Cursor(text);
  }

  /** Walks over the tokens of one text. */
  final class Cursor {
    private final CharSequence text;
    private int start;
    private int end;
    private int id;

    private Cursor(CharSequence text) {
      this.text = text;
    }

    /** Moves to the next token; false if there is none. */
    boolean next() {
      int from = end;
      while (from < text.length()) {
        if (!longestAt(from)) {
          from++;
        } else if (singleWord[id] && touchesWord()) {
          from = end;
        } else {
          return true;
        }
      }
      return false;
    }

    int start() {
      return start;
    }

    int end() {
      return end;
    }

    int id() {
      return id;
    }

    private boolean longestAt(int from) {
      boolean found = false;
      int node = CharTrie.ROOT;
      for (int i = from; i < text.length(); i++) {
        node = trie.child(node, text.charAt(i));
        if (node == CharTrie.NONE) {
          break;
        }
        if (trie.value(node) != CharTrie.NONE) {
          found = true;
          start = from;
          end = i + 1;
          id = trie.value(node);
        }
      }
      return found;
    }

    private boolean touchesWord() {
      return start > 0 && CharacterClasses.isWordCharacter(Character.codePointBefore(text, start))
          || end < text.length()
              && CharacterClasses.isWordCharacter(Character.codePointAt(text, end));
    }
  }
}
