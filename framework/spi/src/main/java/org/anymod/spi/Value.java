package org.anymod.spi;

import java.util.List;
import java.util.Map;

/**
 * A decoded sample of one modality in memory. Arrays are not copied: who hands a value over stops
 * writing to it.
 *
 * <p>Closed, so that host and plugins can rely on the complete set; a modality with a value of
 * another shape uses {@link Structured}.
 */
public sealed interface Value {

  /**
   * A picture or map of numbers.
   *
   * @param channels number of channels
   * @param height rows
   * @param width columns
   * @param data values in channel, row, column order; {@code channels * height * width} elements in
   *     the range that the modality declares
   */
  record Raster(int channels, int height, int width, float[] data) implements Value {
    /** Checks that the sizes are positive and the data fits them. */
    public Raster {
      Checks.positive("channels", channels);
      Checks.positive("height", height);
      Checks.positive("width", width);
      Checks.length("data", data.length, channels * height * width);
    }

    /**
     * Returns one element.
     *
     * @param c channel
     * @param y row
     * @param x column
     * @return the element
     */
    public float at(int c, int y, int x) {
      return data[(c * height + y) * width + x];
    }
  }

  /**
   * A map of class numbers.
   *
   * @param height rows
   * @param width columns
   * @param data class of each place in row, column order; {@code height * width} elements
   */
  record ClassMap(int height, int width, int[] data) implements Value {
    /** Checks that the sizes are positive and the data fits them. */
    public ClassMap {
      Checks.positive("height", height);
      Checks.positive("width", width);
      Checks.length("data", data.length, height * width);
    }

    /**
     * Returns one element.
     *
     * @param y row
     * @param x column
     * @return class number
     */
    public int at(int y, int x) {
      return data[y * width + x];
    }
  }

  /**
   * Text.
   *
   * @param text the characters, possibly none
   */
  record Text(String text) implements Value {
    /** Checks that the text is present. */
    public Text {
      Checks.present("text", text);
    }
  }

  /**
   * A list of vectors of equal width.
   *
   * @param count number of vectors, possibly none
   * @param dim width of a vector
   * @param data vector after vector; {@code count * dim} elements
   */
  record Vectors(int count, int dim, float[] data) implements Value {
    /** Checks that the sizes fit. */
    public Vectors {
      Checks.notNegative("count", count);
      Checks.positive("dim", dim);
      Checks.length("data", data.length, count * dim);
    }
  }

  /**
   * Anything that is naturally a JSON document: boxes, palettes, metadata.
   *
   * @param tree maps with string keys, lists, strings, numbers, booleans and nulls
   */
  record Structured(Object tree) implements Value {
    /** Checks that the tree is a map or list. */
    public Structured {
      if (!(tree instanceof Map) && !(tree instanceof List)) {
        throw new IllegalArgumentException("tree must be a map or a list, but is " + tree);
      }
    }
  }
}
