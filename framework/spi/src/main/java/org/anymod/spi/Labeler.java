package org.anymod.spi;

/**
 * Computes values of a modality from values of another, such as edges from pictures. Deterministic.
 */
public interface Labeler {

  /**
   * Returns the source name of the modality to compute from.
   *
   * @return a name as {@link Modality#source()} gives
   */
  String from();

  /**
   * Computes a value.
   *
   * @param input a value of the modality named by {@link #from()}
   * @return a value that fits the labelled modality's {@link ValueSpec}
   */
  Value label(Value input);
}
