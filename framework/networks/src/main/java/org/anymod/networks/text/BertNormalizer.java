package org.anymod.networks.text;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * The text normaliser of uncased BERT: drops control characters, turns white space into spaces,
 * puts spaces around ideographs, removes accents (NFD without Mn) and lower-cases every code point
 * by itself.
 */
final class BertNormalizer {
  private BertNormalizer() {}

  /**
   * Normalises a piece of text.
   *
   * @param text any characters
   * @param from first character
   * @param to end, exclusive
   * @return the normalised characters
   */
  static char[] normalize(String text, int from, int to) {
    char[] out = new char[to - from];
    int length = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return normalizeUnicode(text, from, to);
      }
      if (c >= 'A' && c <= 'Z') {
        out[length++] = (char) (c + 32);
      } else if (c > ' ' && c != 0x7F) {
        out[length++] = c;
      } else if (!CharacterClasses.isDropped(c)) {
        out[length++] = ' ';
      }
    }
    return length == out.length ? out : Arrays.copyOf(out, length);
  }

  private static char[] normalizeUnicode(String text, int from, int to) {
    StringBuilder clean = new StringBuilder(to - from + 16);
    for (int i = from; i < to; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (CharacterClasses.isDropped(c)) {
        continue;
      }
      if (CharacterClasses.isWhitespace(c)) {
        clean.append(' ');
      } else if (CharacterClasses.isIdeograph(c)) {
        clean.append(' ').appendCodePoint(c).append(' ');
      } else {
        clean.appendCodePoint(c);
      }
    }
    String decomposed = Normalizer.normalize(clean, Normalizer.Form.NFD);
    StringBuilder out = new StringBuilder(decomposed.length());
    for (int i = 0; i < decomposed.length(); ) {
      int c = decomposed.codePointAt(i);
      i += Character.charCount(c);
      if (Character.getType(c) != Character.NON_SPACING_MARK) {
        out.appendCodePoint(Character.toLowerCase(c));
      }
    }
    char[] result = new char[out.length()];
    out.getChars(0, result.length, result, 0);
    return result;
  }
}
