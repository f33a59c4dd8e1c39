package org.anymod.core.sampling;

import java.util.ArrayList;
import java.util.List;
import org.anymod.core.model.Batch;

/** What is known of one modality in one row: given as a condition, or already sampled. */
public sealed interface Known {

  /**
   * Shows what is known to the encoder.
   *
   * @param batch shows it in its newest sample
   * @param modality index of the modality
   */
  void show(Batch batch, int modality);

  /**
   * Counts the tokens that {@link #show} shows.
   *
   * @return number of tokens
   */
  int shown();

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

    @Override
    public int shown() {
      return Places.where(visible, true).length;
    }
  }

  /**
   * Some or all patches of a picture.
   *
   * @param pixels pixels as the model takes them; those of hidden patches are meaningless
   * @param visible which patches are known, in row-major order
   */
  record Pixels(float[] pixels, boolean[] visible) implements Known {
    /**
     * A whole picture.
     *
     * @param pixels pixels as the model takes them
     * @param patches number of patches
     */
    public Pixels(float[] pixels, int patches) {
      this(pixels, Places.allOf(patches));
    }

    @Override
    public void show(Batch batch, int modality) {
      batch.showPixels(modality, pixels, Places.where(visible, true));
    }

    @Override
    public int shown() {
      return Places.where(visible, true).length;
    }
  }

  /**
   * A sequence. A sentinel, inside or at the end, says that something is missing where it stands:
   * if the sequence is sampled, that is what is sampled and put in its place; else the sequence is
   * a condition with holes.
   *
   * @param ids the ids
   */
  record Sequence(int[] ids) implements Known {
    @Override
    public void show(Batch batch, int modality) {
      batch.showSequence(modality, ids);
    }

    @Override
    public int shown() {
      return ids.length;
    }
  }

  /**
   * Some or all of a row of vectors. A run of hidden ones is shown as one vector of zeros, as in
   * training.
   *
   * @param vectors vector after vector; hidden ones are meaningless
   * @param visible which vectors are known
   */
  record Vectors(float[] vectors, boolean[] visible) implements Known {
    /**
     * Vectors that are all known.
     *
     * @param vectors vector after vector
     * @param count number of vectors
     */
    public Vectors(float[] vectors, int count) {
      this(vectors, Places.allOf(count));
    }

    @Override
    public void show(Batch batch, int modality) {
      batch.showVectors(modality, vectors, rows());
    }

    @Override
    public int shown() {
      return rows().length;
    }

    private int[] rows() {
      List<Integer> rows = new ArrayList<>();
      for (int i = 0; i < visible.length; i++) {
        if (visible[i]) {
          rows.add(i);
        } else if (i == 0 || visible[i - 1]) {
          rows.add(-1);
        }
      }
      return rows.stream().mapToInt(Integer::intValue).toArray();
    }
  }
}
