package org.anymod.core.data;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Words for the difference between two sets of sample names: how many are missing, and the first
 * few by name.
 */
final class NameMatch {
  private static final int SHOWN = 5;

  private NameMatch() {}

  /**
   * Returns the names of {@code wanted} that {@code found} lacks, in the order of {@code wanted}.
   */
  static List<String> missing(Collection<String> wanted, Set<String> found) {
    return wanted.stream().filter(name -> !found.contains(name)).toList();
  }

  /** Returns "3 (a, b, c)" or "9 (a, b, c, d, e, ...)". */
  static String firstFew(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() + " (" + shown + (names.size() > SHOWN ? ", ..." : "") + ")";
  }
}
