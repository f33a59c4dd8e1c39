package org.anymod.spi;

/** Vectors that enter the model as they are, through one linear projection. */
public non-sealed interface VectorForm extends Representation {

  /**
   * Returns the vectors of a value.
   *
   * @param value a value that fits the modality's {@link ValueSpec}
   * @return the vectors in order, each of the width declared in {@link Kind.EmbeddingSequence}
   */
  Value.Vectors vectors(Value value);
}
