package org.anymod.media;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;

/**
 * Plain language is its own text form: one chunk, of which masking may hide any span. Of a list of
 * texts one is written, and of a long text a part, where that is wanted.
 */
public final class PlainText implements TextForm {
  private static final Pattern WORD = Pattern.compile("\\S+");

  private final int maxCharacters;
  private final boolean anyOfList;
  private final int maxWords;

  /**
   * Creates a text form.
   *
   * @param maxCharacters longest text that is read; what follows is cut off
   * @param anyOfList whether any text of a list is written rather than the first
   * @param maxWords words of a longer text that are written, from a random one on; 0 writes all
   */
  public PlainText(int maxCharacters, boolean anyOfList, int maxWords) {
    this.maxCharacters = maxCharacters;
    this.anyOfList = anyOfList;
    this.maxWords = maxWords;
  }

  @Override
  public List<String> write(Value value, RandomGenerator random) {
    List<String> texts = ValueTypes.texts(value);
    boolean draws = anyOfList && texts.size() > 1;
    String text = texts.get(draws ? random.nextInt(texts.size()) : 0);
    return List.of(maxWords == 0 ? text : part(text, random));
  }

  private String part(String text, RandomGenerator random) {
    List<Integer> starts = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      starts.add(words.start());
      ends.add(words.end());
    }
    if (starts.size() <= maxWords) {
      return text;
    }
    int first = random.nextInt(starts.size() - maxWords + 1);
    return text.substring(starts.get(first), ends.get(first + maxWords - 1));
  }

  @Override
  public Value read(String text) {
    String stripped = text.strip();
    return new Value.Text(
        stripped.length() <= maxCharacters ? stripped : stripped.substring(0, maxCharacters));
  }
}
