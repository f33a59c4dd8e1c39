package org.anymod.media.fields;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.anymod.media.ValueTypes;
import org.anymod.spi.FieldGroup.FieldLabeler;
import org.anymod.spi.Value;

/**
 * The length of a text, the first of several: characters without white space at the ends, words
 * between white space, and sentences, which end at a full stop, exclamation or question mark or at
 * the end of the text.
 */
public final class TextLengths implements FieldLabeler {
  private static final Pattern END_OF_SENTENCE = Pattern.compile("[.!?]+(?:\\s+|$)");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private final String from;
  private final String characters;
  private final String words;
  private final String sentences;

  /**
   * Creates a labeler.
   *
   * @param from source of the texts
   * @param characters field for the number of characters
   * @param words field for the number of words
   * @param sentences field for the number of sentences
   */
  public TextLengths(String from, String characters, String words, String sentences) {
    this.from = from;
    this.characters = characters;
    this.words = words;
    this.sentences = sentences;
  }

  @Override
  public String from() {
    return from;
  }

  @Override
  public Map<String, Double> compute(Value value) {
    String text = ValueTypes.texts(value).get(0).strip();
    Map<String, Double> numbers = new HashMap<>();
    numbers.put(characters, (double) text.codePointCount(0, text.length()));
    numbers.put(words, (double) parts(SPACE, text));
    numbers.put(sentences, (double) parts(END_OF_SENTENCE, text));
    return numbers;
  }

  private static long parts(Pattern between, String text) {
    return between.splitAsStream(text).filter(part -> !part.isBlank()).count();
  }
}
