package org.anymod.plugins.semanticmetadata;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.anymod.media.ValueTypes;
import org.anymod.spi.FieldGroup.FieldLabeler;
import org.anymod.spi.Value;

/**
 * The length of a caption, the first of several: characters without white space at the ends, words
 * between white space, and sentences, which end at a full stop, exclamation or question mark or at
 * the end of the text.
 */
final class CaptionLengths implements FieldLabeler {
  static final String CHARACTERS = "caption_n_chars";
  static final String WORDS = "caption_n_words";
  static final String SENTENCES = "caption_n_sentences";

  private static final Pattern END_OF_SENTENCE = Pattern.compile("[.!?]+(?:\\s+|$)");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  @Override
  public String from() {
    return "caption";
  }

  @Override
  public Map<String, Double> compute(Value value) {
    String text = ValueTypes.texts(value).get(0).strip();
    Map<String, Double> numbers = new HashMap<>();
    numbers.put(CHARACTERS, (double) text.codePointCount(0, text.length()));
    numbers.put(WORDS, (double) parts(SPACE, text));
    numbers.put(SENTENCES, (double) parts(END_OF_SENTENCE, text));
    return numbers;
  }

  private static long parts(Pattern between, String text) {
    return between.splitAsStream(text).filter(part -> !part.isBlank()).count();
  }
}
