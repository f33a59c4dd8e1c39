package org.anymod.core.generation;

import java.util.List;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Crop;
import org.anymod.spi.Kind;

/** Finds the patches or tokens of a model that lie wholly in the visible part of a picture. */
final class VisiblePlaces {
  private final int rows;
  private final int columns;
  private final Crop crop;

  private VisiblePlaces(int rows, int columns, Crop crop) {
    this.rows = rows;
    this.columns = columns;
    this.crop = crop;
  }

  /**
   * Finds the places.
   *
   * @param visible what is known of the picture as it was given
   * @param modality its modality
   * @param crop the region of the picture that the model sees
   * @return whether each place is known, row after row
   * @throws RequestException if nothing is known, or the modality has no such parts
   */
  static boolean[] of(Visible visible, UsedModality modality, Crop crop) {
    boolean[] places = places(visible, modality, crop);
    for (boolean place : places) {
      if (place) {
        return places;
      }
    }
    throw new RequestException(
        modality.key() + ": no patch lies wholly in the visible part; make it larger");
  }

  private static boolean[] places(Visible visible, UsedModality modality, Crop crop) {
    if (visible instanceof Visible.Items items) {
      return items.items();
    }
    Kind kind = modality.declaration().kind();
    if (kind instanceof Kind.PixelPatches patches) {
      return new VisiblePlaces(patches.rows(), patches.columns(), crop).of(visible);
    } else if (kind instanceof Kind.TokenGrid grid
        && grid.positions() == Kind.Positions.SINE_COSINE) {
      return new VisiblePlaces(grid.rows(), grid.columns(), crop).of(visible);
    }
    throw new RequestException(
        modality.key() + ": is no picture, so that no area of it can be visible");
  }

  private boolean[] of(Visible visible) {
    if (visible instanceof Visible.Mask mask) {
      boolean[] known = mask.cells();
      return of((y, x) -> known[y * mask.columns() + x], mask.rows(), mask.columns());
    }
    Cells covered = covered((Visible.Rectangles) visible);
    return of(covered, crop.originalHeight(), crop.originalWidth());
  }

  private boolean[] of(Cells cells, int height, int width) {
    boolean[] places = new boolean[rows * columns];
    for (int row = 0; row < rows; row++) {
      Span down = span(row, rows, crop.top(), crop.height(), crop.originalHeight(), height);
      for (int column = 0; column < columns; column++) {
        Span across = span(column, columns, crop.left(), crop.width(), crop.originalWidth(), width);
        places[row * columns + column] = all(cells, down, across);
      }
    }
    return places;
  }

  /** Whether a cell of the given picture is known. */
  private interface Cells {
    boolean known(int y, int x);
  }

  /** Cells from one up to, and without, another. */
  private record Span(int from, int to) {}

  /** The cells that a place touches with more than a hair. */
  private static Span span(int place, int places, int start, int length, int original, int cells) {
    double from = (start + (double) place * length / places) * cells / original;
    double to = (start + (double) (place + 1) * length / places) * cells / original;
    double hair = 1e-6;
    int first = (int) Math.max(0, Math.floor(from + hair));
    int last = (int) Math.min(cells, Math.ceil(to - hair));
    return new Span(first, Math.max(first + 1, last));
  }

  private static boolean all(Cells cells, Span down, Span across) {
    for (int y = down.from(); y < down.to(); y++) {
      for (int x = across.from(); x < across.to(); x++) {
        if (!cells.known(y, x)) {
          return false;
        }
      }
    }
    return true;
  }

  /** A pixel is known if its centre lies in a rectangle. */
  private Cells covered(Visible.Rectangles rectangles) {
    int height = crop.originalHeight();
    int width = crop.originalWidth();
    List<Rectangle> areas = rectangles.areas();
    return (y, x) -> {
      double down = (y + 0.5) / height;
      double across = (x + 0.5) / width;
      return areas.stream()
          .anyMatch(
              a ->
                  down >= a.top()
                      && down < a.top() + a.height()
                      && across >= a.left()
                      && across < a.left() + a.width());
    };
  }
}
