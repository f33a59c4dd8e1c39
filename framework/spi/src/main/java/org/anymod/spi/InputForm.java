package org.anymod.spi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How a person makes a value by hand where neither a picture nor a text is asked for: what a page
 * or a dialog offers, and how what was entered becomes a value.
 */
public sealed interface InputForm {

  /**
   * A box that a person dragged over a picture.
   *
   * @param label name of its class
   * @param left left side as a part of the picture's width, 0 to 1
   * @param top upper side as a part of the picture's height, 0 to 1
   * @param right right side, at least {@code left}
   * @param bottom lower side, at least {@code top}
   */
  record LabelledBox(String label, double left, double top, double right, double bottom) {
    /** Checks that the sides are in order and inside the picture. */
    public LabelledBox {
      Checks.present("label", label);
      if (!(0 <= left && left <= right && right <= 1 && 0 <= top && top <= bottom && bottom <= 1)) {
        throw new IllegalArgumentException(
            "a box of '"
                + label
                + "' has the sides ["
                + left
                + ", "
                + top
                + ", "
                + right
                + ", "
                + bottom
                + "], must be left <= right and top <= bottom, all from 0 to 1");
      }
    }
  }

  /**
   * Boxes with labels.
   *
   * @param labels names of the classes
   * @param most largest number of boxes
   * @param maker makes a value of boxes whose labels are among those above
   */
  record Boxes(List<String> labels, int most, Function<List<LabelledBox>, Value> maker)
      implements InputForm {
    /** Checks that there is a label and the number is positive. */
    public Boxes {
      labels = List.copyOf(labels);
      if (labels.isEmpty()) {
        throw new IllegalArgumentException("labels are empty, must name at least one class");
      }
      Checks.positive("most", most);
      Checks.present("maker", maker);
    }
  }

  /**
   * Colours.
   *
   * @param most largest number of colours; the smallest is 1
   * @param maker makes a value of colours {@code 0xRRGGBB}
   */
  record Colors(int most, Function<List<Integer>, Value> maker) implements InputForm {
    /** Checks that the number is positive. */
    public Colors {
      Checks.positive("most", most);
      Checks.present("maker", maker);
    }
  }

  /**
   * Named numbers, each of which may be left out. The value is a document from name to number.
   *
   * @param fields the numbers
   */
  record Numbers(List<Field> fields) implements InputForm {
    /** Checks that there is a field. */
    public Numbers {
      fields = List.copyOf(fields);
      if (fields.isEmpty()) {
        throw new IllegalArgumentException("fields are empty, must name at least one number");
      }
    }

    /**
     * Makes the value.
     *
     * @param numbers numbers by field name; whole fields are rounded
     * @return the document
     */
    public Value value(Map<String, Double> numbers) {
      Map<String, Object> document = new LinkedHashMap<>();
      for (Field field : fields) {
        Double number = numbers.get(field.name());
        if (number != null && field.bins().whole()) {
          document.put(field.name(), (long) Math.rint(number));
        } else if (number != null) {
          document.put(field.name(), number);
        }
      }
      return new Value.Structured(document);
    }
  }
}
