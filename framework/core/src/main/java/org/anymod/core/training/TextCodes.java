package org.anymod.core.training;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.anymod.core.modality.UsedModality;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;

/** Values of text-like modalities as ids of the shared vocabulary, and back. */
public final class TextCodes {
  private final TextTokenizer tokenizer;

  /**
   * Creates a converter.
   *
   * @param tokenizer the shared vocabulary
   */
  public TextCodes(TextTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Returns the shared vocabulary.
   *
   * @return the tokenizer
   */
  public TextTokenizer tokenizer() {
    return tokenizer;
  }

  /**
   * Writes a value as ids.
   *
   * @param modality a text-like modality
   * @param value its value
   * @param random chooses among several forms, where there are
   * @return ids of each chunk, without end token
   */
  public List<int[]> write(UsedModality modality, Value value, RandomGenerator random) {
    List<int[]> chunks = new ArrayList<>();
    for (String text : form(modality).write(value, random)) {
      chunks.add(tokenizer.encode(text));
    }
    return chunks;
  }

  /**
   * Reads ids that a model produced.
   *
   * @param modality a text-like modality
   * @param ids ids without sentinels; reading ends at the end token
   * @return the value
   */
  public Value read(UsedModality modality, int[] ids) {
    int length = 0;
    while (length < ids.length && ids[length] != tokenizer.eos()) {
      length++;
    }
    int[] text = new int[length];
    System.arraycopy(ids, 0, text, 0, length);
    return form(modality).read(tokenizer.decode(text));
  }

  private static TextForm form(UsedModality modality) {
    return (TextForm) modality.modality().representation();
  }
}
