package org.anymod.spi;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/**
 * Turns values into discrete tokens and back. Not safe for use by several threads at once.
 *
 * <p>Encoding is deterministic: the same weights and value give the same tokens, alone or in any
 * batch.
 */
public interface Tokenizer extends AutoCloseable {

  /**
   * Returns the number of different tokens.
   *
   * @return vocabulary size; tokens are 0 to {@code vocabulary() - 1}
   */
  int vocabulary();

  /**
   * Encodes values.
   *
   * @param values values that fit the context's {@link ValueSpec}, pictures already at the
   *     context's resolution
   * @return tokens as (value, token) in row-major order of the grid
   */
  int[][] encode(List<? extends Value> values);

  /**
   * Decodes tokens.
   *
   * @param tokens tokens as (value, token), as {@link #encode} returns them
   * @return one value for each row
   * @throws IllegalArgumentException if a row has the wrong length or a token is outside the
   *     vocabulary
   */
  List<Value> decode(int[][] tokens);

  /**
   * Decodes tokens, drawing what chance there is in it, such as the noise of a diffusion decoder,
   * from given seeds. The default is for decoders without chance.
   *
   * @param tokens one row of tokens for each value
   * @param seeds a seed for each row; the same tokens and seed give the same value
   * @return the values
   * @throws IllegalArgumentException if a row has the wrong length or holds a token outside the
   *     vocabulary
   */
  default List<Value> decode(int[][] tokens, long[] seeds) {
    return decode(tokens);
  }

  /**
   * Returns the weights and buffers by their checkpoint names. The arrays stay the tokenizer's own.
   *
   * @return names and arrays in a fixed order
   */
  Map<String, NDArray> state();

  /**
   * Returns what decides tokens besides the value and {@link #state()}: how the network is built,
   * how numbers go into it, steps of a quantizer without a table. The host makes it part of the
   * tokenizer's identity.
   *
   * @return texts by name, with defaults spelled out; empty if the recipe's settings say it all
   */
  default Map<String, String> traits() {
    return Map.of();
  }

  /**
   * Overwrites weights and buffers.
   *
   * @param state an array of the right shape for each name that {@link #state()} has
   * @throws IllegalArgumentException if a name is missing or unknown or a shape differs; nothing is
   *     changed then
   */
  void load(Map<String, NDArray> state);

  /** Frees the tensors of this tokenizer; closing it again does nothing. */
  @Override
  void close();
}
