package org.anymod.networks.text;

import java.nio.CharBuffer;
import java.util.List;

/**
 * The first two steps of encoding: cuts literal tokens out of the raw text, normalises what lies
 * between them and cuts class words out of that.
 */
final class AddedTokens {
  private final AddedTokenMatcher literals;
  private final AddedTokenMatcher classWords;

  AddedTokens(List<AddedToken> tokens) {
    literals = new AddedTokenMatcher(tokens.stream().filter(t -> !t.normalized()).toList());
    classWords = new AddedTokenMatcher(tokens.stream().filter(AddedToken::normalized).toList());
  }

  /** Takes the parts of a text in their order. */
  interface Parts {
    /** An added token. */
    void token(int id);

    /** Normalised characters without added tokens; may be empty. */
    void plain(char[] text, int from, int to);
  }

  /** Splits a text. */
  void split(String text, Parts parts) {
    AddedTokenMatcher.Cursor match = literals.in(text);
    int done = 0;
    while (match.next()) {
      splitRaw(text, done, match.start(), parts);
      parts.token(match.id());
      done = match.end();
    }
    splitRaw(text, done, text.length(), parts);
  }

  private void splitRaw(String text, int from, int to, Parts parts) {
    if (from == to) {
      return;
    }
    char[] normal = BertNormalizer.normalize(text, from, to);
    AddedTokenMatcher.Cursor match = classWords.in(CharBuffer.wrap(normal));
    int done = 0;
    while (match.next()) {
      parts.plain(normal, done, match.start());
      parts.token(match.id());
      done = match.end();
    }
    parts.plain(normal, done, normal.length);
  }
}
