package org.anymod.core.tokenize;

import java.io.IOException;
import org.anymod.spi.Value;

/** What a tokenizer learns from, by number. Safe for use by several threads. */
public interface TokenizerValues {

  /**
   * Returns the number of values.
   *
   * @return how many, at least 1
   */
  int size();

  /**
   * Returns a value.
   *
   * @param index from 0 to {@code size() - 1}
   * @return a value as the tokenizer takes it
   * @throws IOException if its file cannot be read or does not fit its declaration
   */
  Value get(int index) throws IOException;

  /**
   * Returns the name of the sample that a value comes from.
   *
   * @param index from 0 to {@code size() - 1}
   * @return the name
   */
  String name(int index);
}
