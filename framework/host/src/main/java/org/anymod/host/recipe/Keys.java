package org.anymod.host.recipe;

import java.util.Locale;

/** How settings are named: components in snake case, paths with dots. */
final class Keys {
  private Keys() {}

  static String join(String path, Object key) {
    return path.isEmpty() ? key.toString() : path + "." + key;
  }

  /** Turns {@code batchSize} into {@code batch_size}. */
  static String ofComponent(String component) {
    return component.replaceAll("(?<=[a-z0-9])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** Turns {@code SINE_COSINE} into {@code sine-cosine}. */
  static String ofConstant(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
