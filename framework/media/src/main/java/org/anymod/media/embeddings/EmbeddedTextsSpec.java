package org.anymod.media.embeddings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.spi.ValueSpec.StructuredSpec;

/** Lists of vectors of one width, at least one list, with the texts of all of them or none. */
final class EmbeddedTextsSpec implements StructuredSpec {
  private final int width;
  private final String setting;

  /**
   * Creates a specification.
   *
   * @param width numbers in each vector
   * @param setting name of the setting that says so, for messages
   */
  EmbeddedTextsSpec(int width, String setting) {
    this.width = width;
    this.setting = setting;
  }

  @Override
  public Optional<String> violation(Object tree) {
    if (!(tree instanceof Map<?, ?> object)
        || !(object.get(EmbeddedTexts.SEQUENCES) instanceof List<?> sequences)
        || sequences.isEmpty()) {
      return Optional.of("must be an object with 'sequences', a list of lists of vectors");
    }
    for (int n = 0; n < sequences.size(); n++) {
      if (!(sequences.get(n) instanceof List<?> vectors)) {
        return Optional.of("sequence " + n + " must be a list of vectors");
      }
      for (int i = 0; i < vectors.size(); i++) {
        Optional<String> violation = vector(vectors.get(i));
        if (violation.isPresent()) {
          return Optional.of("vector " + i + " of sequence " + n + " " + violation.get());
        }
      }
    }
    return texts(object.get(EmbeddedTexts.TEXTS), sequences.size());
  }

  private Optional<String> vector(Object tree) {
    if (!(tree instanceof List<?> numbers)) {
      return Optional.of("must be a list of numbers");
    }
    if (numbers.size() != width) {
      return Optional.of("has " + numbers.size() + " numbers, " + setting + " says " + width);
    }
    for (Object element : numbers) {
      if (!(element instanceof Number number) || !Float.isFinite(number.floatValue())) {
        return Optional.of("holds " + element + ", must hold finite numbers");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> texts(Object tree, int count) {
    boolean fits =
        tree == null
            || tree instanceof List<?> texts
                && texts.size() == count
                && texts.stream().allMatch(String.class::isInstance);
    return fits
        ? Optional.empty()
        : Optional.of("'texts' must be a list of " + count + " texts, one for each sequence");
  }
}
