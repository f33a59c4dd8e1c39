package org.anymod.core.sampling;

import org.anymod.core.model.Batch;

/** What is known of one modality in one row: given as a condition, or already sampled. */
public sealed interface Known {

  /** Shows what is known to the encoder. */
  void show(Batch batch, int modality);

  /**
   * Some or all tokens of a grid.
   *
   * @param tokens all tokens; those not visible are meaningless
   * @param visible which are known
   */
  record Grid(int[] tokens, boolean[] visible) implements Known {
    @Override
    public void show(Batch batch, int modality) {
      batch.showGrid(modality, tokens, Places.where(visible, true));
    }
  }

  /**
   * A whole picture.
   *
   * @param pixels pixels as the model takes them
   * @param patches number of patches
   */
  record Pixels(float[] pixels, int patches) implements Known {
    @Override
    public void show(Batch batch, int modality) {
      batch.showPixels(modality, pixels, Places.all(patches));
    }
  }

  /**
   * A sequence, possibly with sentinels where something is missing.
   *
   * @param ids the ids
   */
  record Sequence(int[] ids) implements Known {
    @Override
    public void show(Batch batch, int modality) {
      batch.showSequence(modality, ids);
    }
  }

  /**
   * Vectors.
   *
   * @param vectors vector after vector
   * @param count number of vectors
   */
  record Vectors(float[] vectors, int count) implements Known {
    @Override
    public void show(Batch batch, int modality) {
      batch.showVectors(modality, vectors, Places.all(count));
    }
  }
}
