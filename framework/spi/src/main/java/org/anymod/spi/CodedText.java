package org.anymod.spi;

import java.util.List;
import java.util.Optional;

/**
 * A text form some of whose words are codes of a tokenizer of the modality's own: one row of codes
 * for each part of a value, such as the pose of each person or the mask of each instance (arXiv
 * 2406.09406, appendix D). Files may hold the codes already; where they do not, the host trains the
 * tokenizer on the parts and fills them in.
 */
public interface CodedText extends TextForm {

  /**
   * Returns the maker of the tokenizer of the parts.
   *
   * @return the factory
   */
  TokenizerFactory tokenizer();

  /**
   * Returns what the parts are.
   *
   * @return the specification of one part
   */
  ValueSpec part();

  /**
   * Returns the side of a part that is a square picture.
   *
   * @return pixels; 1 for parts that are no pictures
   */
  int partSide();

  /**
   * Returns the codes of one part.
   *
   * @return rows, columns and vocabulary
   */
  Kind.TokenGrid partCodes();

  /**
   * Returns the parts of a value.
   *
   * @param whole a value of the modality
   * @return one value that fits {@link #part()} for each part, in order; empty where the value does
   *     not hold them but only their codes
   */
  Optional<List<Value>> parts(Value whole);

  /**
   * Returns whether a value holds the codes of all its parts, so that it can be written as text.
   *
   * @param whole a value of the modality
   * @return true if nothing is missing; also where there are no parts
   */
  boolean hasCodes(Value whole);

  /**
   * Returns the codes that a value holds.
   *
   * @param whole a value for which {@link #hasCodes} is true
   * @return codes as (part, code)
   */
  int[][] codes(Value whole);

  /**
   * Fills codes in.
   *
   * @param whole a value of the modality
   * @param codes codes as (part, code)
   * @return the value with these codes
   */
  Value withCodes(Value whole, int[][] codes);

  /**
   * Fills decoded parts in, so that they can be seen and measured.
   *
   * @param whole a value of the modality, such as one that {@link #read} gave
   * @param parts one for each part, as the tokenizer decoded them
   * @return the value with these parts
   */
  Value withParts(Value whole, List<Value> parts);
}
