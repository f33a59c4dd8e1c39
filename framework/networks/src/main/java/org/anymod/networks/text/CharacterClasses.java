package org.anymod.networks.text;

/** The Unicode categories by which BERT's normaliser and pre-tokenizer tell characters apart. */
final class CharacterClasses {
  private CharacterClasses() {}

  /** Whether the code point has the Unicode property White_Space. */
  static boolean isWhitespace(int c) {
    if (c < 0x80) {
      return c == ' ' || c >= 9 && c <= 13;
    }
    return c == 0x85 || Character.isSpaceChar(c);
  }

  /**
   * Whether the code point stands alone as a word: ASCII punctuation and symbols, or any category
   * P.
   */
  static boolean isPunctuation(int c) {
    if (c < 0x80) {
      return c >= '!' && c <= '/'
          || c >= ':' && c <= '@'
          || c >= '[' && c <= '`'
          || c >= '{' && c <= '~';
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  /**
   * Whether cleaning drops the code point: NUL, U+FFFD, lone surrogates and categories Cc, Cf, Co
   * but for tab, LF and CR.
   */
  static boolean isDropped(int c) {
    if (c < 0x80) {
      return c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7F;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
      default -> c == 0xFFFD;
    };
  }

  /** Whether the code point matches {@code \w} of Unicode technical standard 18. */
  static boolean isWordCharacter(int c) {
    if (c < 0x80) {
      return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.CONNECTOR_PUNCTUATION ->
          true;
      default -> Character.isAlphabetic(c) || c == 0x200C || c == 0x200D;
    };
  }

  /**
   * Whether the code point lies in one of the CJK ideograph blocks that are split into single
   * characters.
   */
  static boolean isIdeograph(int c) {
    if (c < 0x3400) {
      return false;
    }
    return c >= 0x4E00 && c <= 0x9FFF
        || c <= 0x4DBF
        || c >= 0xF900 && c <= 0xFAFF
        || c >= 0x20000 && c <= 0x2A6DF
        || c >= 0x2A700 && c <= 0x2B73F
        || c >= 0x2B740 && c <= 0x2B81F
        // Extension E begins at 0x2B820; published vocabularies were made with this later bound.
        || c >= 0x2B920 && c <= 0x2CEAF
        || c >= 0x2F800 && c <= 0x2FA1F;
  }
}
