package org.anymod.host.plugins;

import com.github.zafarkhaja.semver.ParseException;
import com.github.zafarkhaja.semver.Version;

/**
 * Semantic versions and ranges, as PF4J understands them: {@code >=1.0.0 & <2.0.0}, {@code ^1.2},
 * {@code 1.x}, {@code *}.
 */
final class Versions {
  private static final String ANY = "*";

  private Versions() {}

  static boolean isVersion(String text) {
    return Version.isValid(text);
  }

  static boolean isRange(String text) {
    try {
      satisfies("0.0.0", text);
      return true;
    } catch (ParseException | IllegalArgumentException e) {
      return false;
    }
  }

  static boolean satisfies(String version, String range) {
    return range.equals(ANY) || Version.parse(version).satisfies(range);
  }
}
