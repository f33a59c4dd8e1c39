package org.anymod.core.tokenize;

import java.io.IOException;
import java.util.List;
import org.anymod.spi.Value;

/**
 * Values of several modalities that share a tokenizer, by turns, so that each has the same weight
 * however many it has: those with fewer begin again.
 */
public final class AlternatingValues implements TokenizerValues {
  private final List<TokenizerValues> parts;
  private final int longest;

  /**
   * Joins values.
   *
   * @param parts values of each modality, at least one
   */
  public AlternatingValues(List<? extends TokenizerValues> parts) {
    this.parts = List.copyOf(parts);
    this.longest = parts.stream().mapToInt(TokenizerValues::size).max().orElseThrow();
  }

  @Override
  public int size() {
    return Math.multiplyExact(longest, parts.size());
  }

  @Override
  public Value get(int index) throws IOException {
    TokenizerValues part = parts.get(index % parts.size());
    return part.get(index / parts.size() % part.size());
  }

  @Override
  public String name(int index) {
    TokenizerValues part = parts.get(index % parts.size());
    return part.name(index / parts.size() % part.size());
  }
}
