package org.anymod.core.transfer;

import java.io.IOException;

/** Pictures with labels, with random access. */
public interface Examples {
  /** A label of places that are neither learned from nor counted. */
  long IGNORED = -100;

  /**
   * Returns the number of examples.
   *
   * @return how many
   */
  int size();

  /**
   * Returns a picture.
   *
   * @param index 0 to {@code size() - 1}
   * @return scaled pixels in channel, row, column order
   * @throws IOException if it cannot be read
   */
  float[] picture(int index) throws IOException;

  /**
   * Returns the labels of a picture.
   *
   * @param index 0 to {@code size() - 1}
   * @return one class for a {@link ClassificationHead}, one for each pixel in row-major order for a
   *     {@link DenseHead}; or {@link #IGNORED}
   * @throws IOException if they cannot be read
   */
  long[] labels(int index) throws IOException;
}
