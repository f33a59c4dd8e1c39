package org.anymod.cli.report;

import java.util.Arrays;
import java.util.List;

/** A titled part of a report. */
public sealed interface ReportSection {

  /**
   * Returns the heading.
   *
   * @return the heading, unique within a report
   */
  String title();

  /**
   * Returns a sentence that says how to read the section.
   *
   * @return the sentence; may be empty
   */
  String note();

  /**
   * Lines over a common horizontal axis.
   *
   * @param title the heading
   * @param note how to read it; may be empty
   * @param xLabel name of the horizontal axis
   * @param yLabel name of the vertical axis
   * @param scale how the vertical axis is divided
   * @param curves the lines, at least one
   */
  record Chart(
      String title, String note, String xLabel, String yLabel, Scale scale, List<Curve> curves)
      implements ReportSection {
    /** Copies the list and checks that it is not empty. */
    public Chart {
      curves = List.copyOf(curves);
      if (curves.isEmpty()) {
        throw new IllegalArgumentException("chart '" + title + "' has no curves, needs at least 1");
      }
    }
  }

  /** How an axis is divided. */
  enum Scale {
    /** Equal steps are equal differences. */
    LINEAR,
    /** Equal steps are equal factors; points at or below zero are left out. */
    LOGARITHMIC
  }

  /**
   * A line through points.
   *
   * @param name entry in the legend
   * @param x horizontal positions, ascending
   * @param y vertical positions, as many as {@code x}; points that are not finite are left out
   */
  record Curve(String name, double[] x, double[] y) {
    /** Checks that both arrays have the same length and {@code x} ascends. */
    public Curve {
      if (x.length != y.length) {
        throw new IllegalArgumentException(
            "curve '" + name + "' has " + x.length + " positions but " + y.length + " values");
      }
      for (int i = 1; i < x.length; i++) {
        if (x[i] < x[i - 1]) {
          throw new IllegalArgumentException(
              "curve '" + name + "' goes back from " + x[i - 1] + " to " + x[i]);
        }
      }
    }
  }

  /**
   * Rows of text under column headings.
   *
   * @param title the heading
   * @param note how to read it; may be empty
   * @param columns headings
   * @param rows cells; each row is as long as {@code columns}
   */
  record Table(String title, String note, List<String> columns, List<List<String>> rows)
      implements ReportSection {
    /** Copies the lists and checks the lengths of the rows. */
    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
      for (List<String> row : rows) {
        if (row.size() != columns.size()) {
          throw new IllegalArgumentException(
              "table '"
                  + title
                  + "' has "
                  + columns.size()
                  + " columns, but a row has "
                  + row.size()
                  + " cells: "
                  + row);
        }
      }
    }
  }

  /**
   * A table of numbers, coloured by size: 0 is neutral, 1 is the best, negative is worse than
   * neutral.
   *
   * @param title the heading
   * @param note how to read it; may be empty
   * @param corner what rows and columns are, such as {@code "from \ to"}
   * @param rows headings of the rows
   * @param columns headings of the columns
   * @param values {@code (rows, columns)}; NaN where there is nothing to show
   * @param tips what to say of each cell where the pointer rests; empty for nothing, as the whole
   *     list may be
   */
  record HeatMap(
      String title,
      String note,
      String corner,
      List<String> rows,
      List<String> columns,
      double[][] values,
      List<List<String>> tips)
      implements ReportSection {
    /** Copies headings, values and tips and checks that they fit. */
    public HeatMap {
      rows = List.copyOf(rows);
      columns = List.copyOf(columns);
      int width = columns.size();
      boolean fits =
          values.length == rows.size()
              && Arrays.stream(values).allMatch(row -> row.length == width);
      if (!fits) {
        throw new IllegalArgumentException(
            "heat map '" + title + "' must have " + rows.size() + " x " + width + " values");
      }
      values = Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
      tips = tips.stream().map(List::copyOf).toList();
      boolean told =
          tips.size() == rows.size() && tips.stream().allMatch(row -> row.size() == width);
      if (!tips.isEmpty() && !told) {
        throw new IllegalArgumentException(
            "heat map '" + title + "' must have " + rows.size() + " x " + width + " tips, or none");
      }
    }

    /**
     * A table without tips.
     *
     * @param title the heading
     * @param note how to read it; may be empty
     * @param corner what rows and columns are
     * @param rows headings of the rows
     * @param columns headings of the columns
     * @param values {@code (rows, columns)}; NaN where there is nothing to show
     */
    public HeatMap(
        String title,
        String note,
        String corner,
        List<String> rows,
        List<String> columns,
        double[][] values) {
      this(title, note, corner, rows, columns, values, List.of());
    }
  }

  /**
   * Pictures and words side by side.
   *
   * @param title the heading
   * @param note how to read it; may be empty
   * @param columns headings of the columns
   * @param rows one row for each sample
   */
  record PictureGrid(String title, String note, List<String> columns, List<PictureRow> rows)
      implements ReportSection {
    /** Copies the lists and checks the lengths of the rows. */
    public PictureGrid {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
      for (PictureRow row : rows) {
        if (row.cells().size() != columns.size()) {
          throw new IllegalArgumentException(
              "picture grid '"
                  + title
                  + "' has "
                  + columns.size()
                  + " columns, but row '"
                  + row.label()
                  + "' has "
                  + row.cells().size()
                  + " cells");
        }
      }
    }
  }

  /**
   * A row of a {@link PictureGrid}.
   *
   * @param label heading of the row
   * @param cells pictures and words, one for each column
   */
  record PictureRow(String label, List<ReportCell> cells) {
    /** Copies the list. */
    public PictureRow {
      cells = List.copyOf(cells);
    }
  }

  /**
   * Plain sentences.
   *
   * @param title the heading
   * @param note the sentences; a blank line separates paragraphs
   */
  record Prose(String title, String note) implements ReportSection {}
}
