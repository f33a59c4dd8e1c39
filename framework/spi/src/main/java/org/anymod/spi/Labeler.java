package org.anymod.spi;

import java.util.List;
import java.util.Map;

/**
 * Computes values of a modality from values of others, such as edges from pictures. Deterministic
 * and safe for use by several threads.
 */
public interface Labeler {

  /**
   * Returns the source names of the modalities to compute from.
   *
   * @return names as {@link Modality#source()} gives, at least one
   */
  List<String> from();

  /**
   * Returns whether all of {@link #from()} must be there.
   *
   * @return true if all are needed; false if any one is enough and more are welcome
   */
  default boolean needsAll() {
    return true;
  }

  /**
   * Returns whether values are computed from cropped inputs rather than whole ones: right for
   * features of a network, which depend on all they see.
   *
   * @return false by default: the value of the whole sample is computed and then cropped
   */
  default boolean onCrop() {
    return false;
  }

  /**
   * Returns whether a value is computed from cropped inputs of a particular sample: right for files
   * that hold a document for each crop.
   *
   * @param inputs whole values by source name, as for {@link #label}
   * @return {@link #onCrop()} by default
   */
  default boolean onCrop(Map<String, Value> inputs) {
    return onCrop();
  }

  /**
   * Computes a value.
   *
   * @param inputs values of the modalities named by {@link #from()} by source name: all of them if
   *     {@link #needsAll()}, else those that are there, at least one
   * @return a value that fits the labelled modality's {@link ValueSpec}
   * @throws IllegalArgumentException if it cannot be computed from these values; the message says
   *     what was found and what is allowed
   */
  Value label(Map<String, Value> inputs);
}
