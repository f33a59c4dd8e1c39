package org.anymod.media.pickle;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.anymod.spi.InvalidDataException;

/**
 * An array of numbers, which stay in the bytes of the file until they are asked for, or of objects.
 * Elements are counted in C order.
 */
public final class PickledArray {
  private static final int MOST_AXES = 8;

  private int[] shape = {0};
  private PickledType type;
  private ByteBuffer numbers;
  private List<?> objects = List.of();
  private boolean fortran;

  PickledArray() {}

  /** Fills the array, once its parts are known. */
  void fill(Object shape, Object type, boolean fortran, Object content)
      throws InvalidDataException {
    if (!(type instanceof PickledType elements)) {
      throw new InvalidDataException("an array has no element type");
    }
    int[] axes = axes(shape);
    long count = 1;
    for (int axis : axes) {
      // Stays small: no array has more elements than the file has bytes.
      count = Math.min(count * axis, Integer.MAX_VALUE);
    }
    long found = -1;
    if (elements.objects() && content instanceof List<?> list) {
      found = list.size();
      this.objects = list;
    } else if (!elements.objects() && content instanceof ByteBuffer bytes) {
      found = bytes.remaining() % elements.width() == 0 ? bytes.remaining() / elements.width() : -1;
      this.numbers = bytes;
    }
    if (found != count) {
      throw new InvalidDataException(
          "an array of "
              + elements
              + " with shape "
              + Arrays.toString(axes)
              + " does not have the content for it");
    }
    this.shape = axes;
    this.type = elements;
    this.fortran = fortran && axes.length > 1;
  }

  private static int[] axes(Object shape) throws InvalidDataException {
    if (!(shape instanceof PickleTuple tuple) || tuple.items().size() > MOST_AXES) {
      throw new InvalidDataException("an array has no shape of at most " + MOST_AXES + " axes");
    }
    int[] axes = new int[tuple.items().size()];
    for (int i = 0; i < axes.length; i++) {
      if (!(tuple.items().get(i) instanceof Long length)
          || length < 0
          || length > Integer.MAX_VALUE) {
        throw new InvalidDataException("an axis of an array is " + tuple.items().get(i));
      }
      axes[i] = length.intValue();
    }
    return axes;
  }

  /**
   * Returns the lengths of the axes.
   *
   * @return a copy
   */
  public int[] shape() {
    return shape.clone();
  }

  /**
   * Returns the number of elements.
   *
   * @return at least 0
   */
  public int size() {
    return numbers == null ? objects.size() : numbers.remaining() / type.width();
  }

  /**
   * Returns the objects of an array of objects.
   *
   * @return objects in the order of the file, not modifiable
   * @throws InvalidDataException if it holds numbers, or objects in another order than C
   */
  public List<Object> objects() throws InvalidDataException {
    if (numbers != null || fortran) {
      throw new InvalidDataException("the array does not hold objects in C order");
    }
    return Collections.unmodifiableList(objects);
  }

  /**
   * Returns a number.
   *
   * @param index place in C order, from 0 to {@code size() - 1}
   * @return the element; whole numbers above 2^53 lose their last digits
   * @throws InvalidDataException if the array holds objects
   */
  public double number(int index) throws InvalidDataException {
    if (numbers == null) {
      throw new InvalidDataException("the array does not hold numbers");
    }
    return type.number(numbers, fortran ? fortranPlace(index) : index);
  }

  /** Place of an element whose first axis varies fastest in the file. */
  private int fortranPlace(int index) {
    int place = 0;
    int rest = index;
    int stride = size();
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      stride /= shape[axis];
      place += rest % shape[axis] * stride;
      rest /= shape[axis];
    }
    return place;
  }
}
