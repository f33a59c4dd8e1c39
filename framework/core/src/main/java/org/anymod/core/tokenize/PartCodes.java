package org.anymod.core.tokenize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.CodedText;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;

/** Fills the codes of a run's tokenizer into values that become text, and decodes them again. */
public final class PartCodes {
  private final String key;
  private final CodedText form;
  private final Tokenizer tokenizer;
  private final int width;

  private PartCodes(UsedModality modality, CodedText form, Tokenizer tokenizer) {
    this.key = modality.key();
    this.form = form;
    this.tokenizer = tokenizer;
    this.width = form.partCodes().maxTokens();
  }

  /**
   * Creates the codes of a modality.
   *
   * @param modality the modality
   * @param tokenizer its tokenizer; may be null where it has none
   * @return the codes; empty if its text has none that the run makes
   */
  public static Optional<PartCodes> of(UsedModality modality, Tokenizer tokenizer) {
    return modality.coded().map(form -> new PartCodes(modality, form, tokenizer));
  }

  /**
   * Checks that a value can be written as text: that it holds codes, or parts of which the run's
   * tokenizer can make them.
   *
   * @param modality the modality
   * @param value its value
   * @throws IllegalArgumentException if neither is there; the message says what to do
   */
  public static void checkComplete(UsedModality modality, Value value) {
    if (!(modality.modality().representation() instanceof CodedText form) || form.hasCodes(value)) {
      return;
    }
    if (modality.coded().isEmpty()) {
      throw new IllegalArgumentException(
          "the codes of its parts are missing; add an entry '"
              + modality.key()
              + "' to tokenizers, or give files that hold them");
    }
    if (form.parts(value).isEmpty()) {
      throw new IllegalArgumentException("holds neither parts nor codes, must hold one of them");
    }
  }

  /**
   * Fills codes in. Parts are encoded; a value that has codes instead of parts keeps them, which is
   * right only if they were made with the same tokenizer.
   *
   * @param values values of the modality
   * @return the same values with codes
   * @throws IllegalArgumentException if a value has neither parts nor codes that the tokenizer has
   */
  public List<Value> filled(List<? extends Value> values) {
    List<Optional<List<Value>>> parts = new ArrayList<>();
    List<Value> all = new ArrayList<>();
    for (Value value : values) {
      Optional<List<Value>> own = form.parts(value);
      own.ifPresent(all::addAll);
      parts.add(own);
    }
    int[][] codes = all.isEmpty() ? new int[0][] : tokenizer.encode(all);
    List<Value> filled = new ArrayList<>();
    int row = 0;
    for (int i = 0; i < values.size(); i++) {
      Value value = values.get(i);
      if (parts.get(i).isEmpty()) {
        checkCodes(value);
        filled.add(value);
      } else {
        int count = parts.get(i).get().size();
        filled.add(form.withCodes(value, Arrays.copyOfRange(codes, row, row + count)));
        row += count;
      }
    }
    return filled;
  }

  private void checkCodes(Value value) {
    if (!form.hasCodes(value)) {
      throw new IllegalArgumentException(
          key + ": holds neither parts nor codes, must hold one of them");
    }
    for (int[] part : form.codes(value)) {
      for (int code : part) {
        if (part.length != width || code < 0 || code >= tokenizer.vocabulary()) {
          throw new IllegalArgumentException(
              key
                  + ": a value has the codes "
                  + Arrays.toString(part)
                  + ", must be "
                  + width
                  + " from 0 to "
                  + (tokenizer.vocabulary() - 1));
        }
      }
    }
  }

  /**
   * Decodes the codes of values, such as those that a model wrote.
   *
   * @param values values of the modality
   * @return the same values with parts; as they are where codes are missing. A code that the
   *     tokenizer does not have becomes its last one
   */
  public List<Value> decoded(List<? extends Value> values) {
    List<int[]> all = new ArrayList<>();
    int[] counts = new int[values.size()];
    for (int i = 0; i < counts.length; i++) {
      int[][] codes = readable(values.get(i));
      counts[i] = codes.length;
      all.addAll(List.of(codes));
    }
    List<Value> parts = all.isEmpty() ? List.of() : tokenizer.decode(all.toArray(int[][]::new));
    List<Value> decoded = new ArrayList<>();
    int row = 0;
    for (int i = 0; i < counts.length; i++) {
      Value value = values.get(i);
      decoded.add(
          counts[i] == 0 ? value : form.withParts(value, parts.subList(row, row + counts[i])));
      row += counts[i];
    }
    return decoded;
  }

  /** The codes of a value, each one that the tokenizer has; none if some are missing. */
  private int[][] readable(Value value) {
    int[][] codes = form.hasCodes(value) ? form.codes(value) : new int[0][];
    int last = tokenizer.vocabulary() - 1;
    for (int i = 0; i < codes.length; i++) {
      if (codes[i].length != width) {
        return new int[0][];
      }
      codes[i] = Arrays.stream(codes[i]).map(c -> Math.max(0, Math.min(c, last))).toArray();
    }
    return codes;
  }

  /**
   * Returns the codes of values one part after the other.
   *
   * @param filled values with codes
   * @return codes as (part, code)
   */
  public int[][] rows(List<? extends Value> filled) {
    return filled.stream().flatMap(v -> Arrays.stream(form.codes(v))).toArray(int[][]::new);
  }
}
