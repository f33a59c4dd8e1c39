package org.anymod.serve;

import java.util.Locale;

/** Names under which browsers save results: letters, digits, {@code . - _} and nothing else. */
final class FileNames {
  private FileNames() {}

  static String of(String key, int sample, String extension) {
    String name = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-");
    String type = extension.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "");
    return (name.isBlank() ? "result" : name) + "-" + (sample + 1) + "." + type;
  }
}
