package org.anymod.media.colors;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.spi.ValueSpec.StructuredSpec;

/**
 * A list whose first element is an object with keys among "1" to "7"; key k holds k colours of
 * three levels 0 to 255.
 */
final class PaletteSpec implements StructuredSpec {

  @Override
  public Optional<String> violation(Object tree) {
    if (!(tree instanceof List<?> list)
        || list.isEmpty()
        || !(list.get(0) instanceof Map<?, ?> object)) {
      return Optional.of(
          "the document is "
              + shortened(tree)
              + ", must be a list whose first element is an object");
    }
    for (Map.Entry<?, ?> entry : object.entrySet()) {
      Optional<String> violation = palette(entry.getKey(), entry.getValue());
      if (violation.isPresent()) {
        return violation;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> palette(Object key, Object colors) {
    if (!(key instanceof String name) || !name.matches("[1-" + Palettes.MAX_COLORS + "]")) {
      return Optional.of(
          "key '" + key + "' is unknown, keys are \"1\" to \"" + Palettes.MAX_COLORS + "\"");
    }
    int size = Integer.parseInt(name);
    if (!(colors instanceof List<?> list) || list.size() != size) {
      return Optional.of(
          "key \"" + name + "\" holds " + shortened(colors) + ", must hold " + size + " colours");
    }
    for (int i = 0; i < size; i++) {
      if (!isColor(list.get(i))) {
        return Optional.of(
            "colour "
                + i
                + " of key \""
                + name
                + "\" is "
                + shortened(list.get(i))
                + ", must be a list of three numbers from 0 to 255");
      }
    }
    return Optional.empty();
  }

  private static boolean isColor(Object color) {
    if (!(color instanceof List<?> levels) || levels.size() != Palettes.CHANNELS) {
      return false;
    }
    for (Object level : levels) {
      if (!(level instanceof Number number)
          || !(number.doubleValue() >= 0 && number.doubleValue() <= Palettes.MAX_LEVEL)) {
        return false;
      }
    }
    return true;
  }

  private static String shortened(Object found) {
    String text = String.valueOf(found);
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
