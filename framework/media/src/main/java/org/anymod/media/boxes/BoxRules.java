package org.anymod.media.boxes;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which labelled boxes are told and how.
 *
 * @param labels name of each class; 1 to 2000, all different, whatever their case
 * @param threshold smallest score of a box that is told or shown, 0 to 1
 * @param minVisibility smallest part of a box's area that must be inside a crop, 0 to 1
 * @param order order in which boxes are told
 * @param maxInstances largest number of boxes that are told, those with the best scores
 */
public record BoxRules(
    List<String> labels,
    double threshold,
    double minVisibility,
    Order order,
    OptionalInt maxInstances) {
  private static final int MAX_LABELS = 2000;

  /** In which order boxes are told. */
  public enum Order {
    /** Near the top left corner of the picture first. */
    DISTANCE,
    /** Large ones first. */
    AREA,
    /** Certain ones first. */
    SCORE,
    /** Drawn anew each time. */
    RANDOM
  }

  /** Checks that the labels can be told from each other and from coordinates. */
  public BoxRules {
    labels = List.copyOf(labels);
    if (labels.isEmpty() || labels.size() > MAX_LABELS) {
      throw new IllegalArgumentException(
          "labels has " + labels.size() + " names, must have 1 to " + MAX_LABELS);
    }
    Set<String> seen = new HashSet<>();
    for (String label : labels) {
      if (label.isEmpty() || label.contains("=") || !label.equals(normalised(label))) {
        throw new IllegalArgumentException(
            "labels has '" + label + "', must be words with single blanks between and no '='");
      }
      if (!seen.add(label.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("labels has '" + label + "' twice");
      }
    }
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold is " + threshold + ", must be in [0, 1]");
    }
    if (!(minVisibility >= 0 && minVisibility <= 1)) {
      throw new IllegalArgumentException(
          "min_visibility is " + minVisibility + ", must be in [0, 1]");
    }
  }

  private static String normalised(String label) {
    return String.join(" ", label.strip().split("\\s+"));
  }
}
