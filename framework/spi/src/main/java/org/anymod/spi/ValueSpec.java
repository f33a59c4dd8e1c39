package org.anymod.spi;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the values of a modality are, declared by the plugin and checked by the host against real
 * data. {@link #violation} says what is wrong with a value, in words a user can act on.
 */
public sealed interface ValueSpec {

  /**
   * Checks a value.
   *
   * @param value any value
   * @return what is wrong: what was found and what is allowed; empty if the value fits
   */
  Optional<String> violation(Value value);

  /**
   * Pictures and maps of numbers.
   *
   * @param channels number of channels
   * @param min smallest allowed number
   * @param max largest allowed number
   */
  record RasterSpec(int channels, float min, float max) implements ValueSpec {
    /** Checks that the range is not empty. */
    public RasterSpec {
      Checks.positive("channels", channels);
      if (!(min < max)) {
        throw new IllegalArgumentException("range [" + min + ", " + max + "] is empty");
      }
    }

    @Override
    public Optional<String> violation(Value value) {
      if (!(value instanceof Value.Raster raster)) {
        return wrongType("a raster", value);
      }
      if (raster.channels() != channels) {
        return Optional.of("has " + raster.channels() + " channels, must have " + channels);
      }
      float[] data = raster.data();
      for (int i = 0; i < data.length; i++) {
        // Written so that NaN fails too.
        if (!(data[i] >= min && data[i] <= max)) {
          int place = i % (raster.height() * raster.width());
          return Optional.of(
              "value "
                  + data[i]
                  + " at row "
                  + place / raster.width()
                  + ", column "
                  + place % raster.width()
                  + " is outside ["
                  + min
                  + ", "
                  + max
                  + "]");
        }
      }
      return Optional.empty();
    }
  }

  /**
   * Maps of class numbers.
   *
   * @param labels name of each class; class numbers are 0 to {@code labels.size() - 1}
   * @param ignored class number that marks places without a label; metrics skip it
   */
  record ClassMapSpec(List<String> labels, OptionalInt ignored) implements ValueSpec {
    /** Checks that there is at least one label. */
    public ClassMapSpec {
      labels = List.copyOf(labels);
      if (labels.isEmpty()) {
        throw new IllegalArgumentException("labels are empty, must name at least one class");
      }
      if (ignored.isPresent() && (ignored.getAsInt() < 0 || ignored.getAsInt() >= labels.size())) {
        throw new IllegalArgumentException(
            "ignored class "
                + ignored.getAsInt()
                + " is not among the classes 0 to "
                + (labels.size() - 1));
      }
    }

    @Override
    public Optional<String> violation(Value value) {
      if (!(value instanceof Value.ClassMap map)) {
        return wrongType("a class map", value);
      }
      int[] data = map.data();
      for (int i = 0; i < data.length; i++) {
        if (data[i] < 0 || data[i] >= labels.size()) {
          return Optional.of(
              "class "
                  + data[i]
                  + " at row "
                  + i / map.width()
                  + ", column "
                  + i % map.width()
                  + " is outside 0 to "
                  + (labels.size() - 1));
        }
      }
      return Optional.empty();
    }
  }

  /**
   * Text.
   *
   * @param maxCharacters longest allowed text in characters
   */
  record TextSpec(int maxCharacters) implements ValueSpec {
    /** Checks that the length is positive. */
    public TextSpec {
      Checks.positive("maxCharacters", maxCharacters);
    }

    @Override
    public Optional<String> violation(Value value) {
      if (!(value instanceof Value.Text text)) {
        return wrongType("text", value);
      }
      return text.text().length() <= maxCharacters
          ? Optional.empty()
          : Optional.of(
              "has "
                  + text.text().length()
                  + " characters, at most "
                  + maxCharacters
                  + " are allowed");
    }
  }

  /**
   * Lists of vectors.
   *
   * @param dim width of a vector
   * @param maxCount largest number of vectors
   * @param min smallest allowed number
   * @param max largest allowed number
   */
  record VectorsSpec(int dim, int maxCount, float min, float max) implements ValueSpec {
    /** Checks that the sizes are positive and the range is not empty. */
    public VectorsSpec {
      Checks.positive("dim", dim);
      Checks.positive("maxCount", maxCount);
      if (!(min < max)) {
        throw new IllegalArgumentException("range [" + min + ", " + max + "] is empty");
      }
    }

    @Override
    public Optional<String> violation(Value value) {
      if (!(value instanceof Value.Vectors vectors)) {
        return wrongType("vectors", value);
      }
      if (vectors.dim() != dim) {
        return Optional.of("vectors have width " + vectors.dim() + ", must have " + dim);
      }
      if (vectors.count() > maxCount) {
        return Optional.of(
            "has " + vectors.count() + " vectors, at most " + maxCount + " are allowed");
      }
      for (float x : vectors.data()) {
        if (!(x >= min && x <= max)) {
          return Optional.of("value " + x + " is outside [" + min + ", " + max + "]");
        }
      }
      return Optional.empty();
    }
  }

  /** Documents with a structure of their own; the plugin that declares one checks it. */
  non-sealed interface StructuredSpec extends ValueSpec {
    /**
     * Checks the document.
     *
     * @param tree maps, lists, strings, numbers, booleans and nulls
     * @return what is wrong: where, what was found and what is allowed; empty if the document fits
     */
    Optional<String> violation(Object tree);

    @Override
    default Optional<String> violation(Value value) {
      return value instanceof Value.Structured structured
          ? violation(structured.tree())
          : wrongType("a structured document", value);
    }
  }

  private static Optional<String> wrongType(String expected, Value found) {
    String name = found == null ? "nothing" : found.getClass().getSimpleName();
    return Optional.of("is " + name + ", must be " + expected);
  }
}
