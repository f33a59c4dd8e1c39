package org.anymod.core.generation;

import java.util.List;

/**
 * Which parts of a value are known. A patch or token of a picture counts as known only if all of it
 * is, so that nothing unknown leaks in.
 */
public sealed interface Visible {

  /**
   * Rectangles of the picture as it was given, before its centre square is cut out.
   *
   * @param areas the rectangles, at least one; what any of them covers is known
   */
  record Rectangles(List<Rectangle> areas) implements Visible {
    /** Checks that there is a rectangle. */
    public Rectangles {
      areas = List.copyOf(areas);
      if (areas.isEmpty()) {
        throw new RequestException("areas are empty, must hold at least one rectangle");
      }
    }
  }

  /**
   * A grid of cells over the picture as it was given; as fine or coarse as the caller likes.
   *
   * @param rows rows of cells
   * @param columns columns of cells
   * @param cells whether each cell is known, row after row
   */
  record Mask(int rows, int columns, boolean[] cells) implements Visible {
    /** Checks that the sizes fit. */
    public Mask {
      if (rows < 1 || columns < 1 || cells.length != (long) rows * columns) {
        throw new RequestException(
            "a mask has "
                + cells.length
                + " cells, must have "
                + rows
                + " rows times "
                + columns
                + " columns, both at least 1");
      }
      cells = cells.clone();
    }

    @Override
    public boolean[] cells() {
      return cells.clone();
    }
  }

  /**
   * Some of the vectors of a list or of the codes of a set.
   *
   * @param items whether each is known
   */
  record Items(boolean[] items) implements Visible {
    /** Keeps a copy. */
    public Items {
      items = items.clone();
    }

    @Override
    public boolean[] items() {
      return items.clone();
    }
  }
}
