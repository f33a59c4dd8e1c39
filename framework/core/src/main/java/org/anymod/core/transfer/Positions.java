package org.anymod.core.transfer;

/** What becomes of the position table of a checkpoint whose grid differs from the model's. */
public enum Positions {
  /**
   * The checkpoint's table is resized bicubically, so that the same place of a picture keeps its
   * vector.
   */
  RESIZED,
  /**
   * The model keeps its own sine and cosine table, so that neighbouring patches keep their
   * distance; places beyond the checkpoint's grid were never seen in training.
   */
  REGENERATED
}
