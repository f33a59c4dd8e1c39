package org.anymod.spi;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What changed since a recorded state of the SPI.
 *
 * @param breaking what plugins relied on and is gone, and what they must bring and do not
 * @param compatible what is new for them to use, and what they need not bring any more
 */
record ApiChange(SortedSet<String> breaking, SortedSet<String> compatible) {

  static ApiChange between(Collection<String> recorded, Collection<String> current) {
    SortedSet<String> breaking = new TreeSet<>();
    SortedSet<String> compatible = new TreeSet<>();
    for (String line : recorded) {
      if (!current.contains(line)) {
        (isDuty(line) ? compatible : breaking).add("gone: " + line);
      }
    }
    for (String line : current) {
      if (!recorded.contains(line)) {
        boolean broken = isDuty(line) && isOfKnownType(line, recorded);
        (broken ? breaking : compatible).add("new: " + line);
      }
    }
    return new ApiChange(breaking, compatible);
  }

  private static boolean isDuty(String line) {
    return line.contains(PublicApi.DUTY);
  }

  /** A new type may ask for anything, since no plugin implements it yet. */
  private static boolean isOfKnownType(String duty, Collection<String> recorded) {
    String head = duty.substring(0, duty.indexOf(PublicApi.DUTY)) + " is ";
    return recorded.stream().anyMatch(line -> line.startsWith(head));
  }

  boolean isNone() {
    return breaking.isEmpty() && compatible.isEmpty();
  }

  /** Returns the least version that a release with these changes may have. */
  String leastVersion(String recorded) {
    String[] parts = recorded.split("\\.");
    int major = Integer.parseInt(parts[0]);
    int minor = Integer.parseInt(parts[1]);
    if (!breaking.isEmpty()) {
      return major + 1 + ".0.0";
    }
    return compatible.isEmpty() ? recorded : major + "." + (minor + 1) + ".0";
  }
}
