package org.anymod.core.recipe;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.anymod.spi.config.Setting;

/**
 * Sizes of pictures that a tokenizer is trained on: one is drawn for each step (arXiv 2406.09406,
 * appendix D).
 *
 * @param min smallest side in pixels
 * @param max largest side in pixels
 * @param step pixels from one size to the next
 */
public record ResolutionsRecipe(
    @Setting(
            value =
                "Smallest side in pixels; given together with max. Without them pictures have the resolution of the"
                    + " model key",
            min = 1,
            max = 16384)
        OptionalInt min,
    @Setting(
            value = "Largest side in pixels, at which values are loaded before they are resized",
            min = 1,
            max = 16384)
        OptionalInt max,
    @Setting(
            value = "Pixels from one size to the next; max - min is a multiple of it",
            defaultValue = "16",
            min = 1,
            max = 16384)
        int step) {

  /**
   * Checks that the sizes are a range.
   *
   * @throws IllegalArgumentException if only one end is given or no whole number of steps lies
   *     between them
   */
  public ResolutionsRecipe {
    if (min.isPresent() != max.isPresent()) {
      throw new IllegalArgumentException(
          "resolutions: only " + (min.isPresent() ? "min" : "max") + " is given, give both");
    }
    if (min.isPresent()) {
      int range = max.getAsInt() - min.getAsInt();
      if (range < 0 || range % step != 0) {
        throw new IllegalArgumentException(
            "resolutions: from %d to %d in steps of %d is impossible; max must be min plus a multiple of step"
                .formatted(min.getAsInt(), max.getAsInt(), step));
      }
    }
  }

  /**
   * Returns the default.
   *
   * @return the one resolution of the model key
   */
  public static ResolutionsRecipe one() {
    return new ResolutionsRecipe(OptionalInt.empty(), OptionalInt.empty(), 16);
  }

  /**
   * Lists the sizes.
   *
   * @param resolution the resolution of the model key
   * @return sides in pixels, smallest first; the resolution alone where none are given
   */
  public List<Integer> sizes(int resolution) {
    if (min.isEmpty()) {
      return List.of(resolution);
    }
    return IntStream.iterate(min.getAsInt(), s -> s <= max.getAsInt(), s -> s + step)
        .boxed()
        .toList();
  }
}
