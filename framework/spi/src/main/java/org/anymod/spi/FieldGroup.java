package org.anymod.spi;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Named numbers that a modality contributes to a sequence which several plugins share, such as the
 * groups of image metadata (arXiv 2406.09406, appendix C). The host joins all groups of the same
 * sequence to one modality of that name; each contributor also stands alone.
 *
 * @param sequence name and source of the joint modality
 * @param maxTokens what the group adds to the longest joint sequence
 * @param fields the numbers
 * @param labelers how some of them can be computed
 */
public record FieldGroup(
    String sequence, int maxTokens, List<Field> fields, List<FieldLabeler> labelers) {

  /** Computes some fields of a sample from values of other modalities. */
  public interface FieldLabeler {

    /**
     * Returns the source name of the modality to compute from.
     *
     * @return the source
     */
    String from();

    /**
     * Computes fields.
     *
     * @param value a whole value of that modality
     * @return numbers by field name
     */
    Map<String, Double> compute(Value value);
  }

  /** Checks that the group is not empty and its fields differ. */
  public FieldGroup {
    Checks.present("sequence", sequence);
    Checks.positive("maxTokens", maxTokens);
    fields = List.copyOf(fields);
    labelers = List.copyOf(labelers);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("a group of '" + sequence + "' has no fields");
    }
    checkDifferent(sequence, fields);
  }

  /**
   * Returns this group with fields that are read back as the published system reads them.
   *
   * @return the group with {@link Bins.Published} bins
   */
  public FieldGroup published() {
    List<Field> same =
        fields.stream()
            .map(field -> new Field(field.id(), field.name(), new Bins.Published(field.bins())))
            .toList();
    return new FieldGroup(sequence, maxTokens, same, labelers);
  }

  /**
   * Checks that no two fields have the same number or name.
   *
   * @param sequence name of the sequence, for the message
   * @param fields fields of one or more groups
   * @throws IllegalArgumentException if two agree; the message names them
   */
  public static void checkDifferent(String sequence, List<Field> fields) {
    Set<Object> seen = new HashSet<>();
    for (Field field : fields) {
      if (!seen.add(field.id()) || !seen.add(field.name())) {
        throw new IllegalArgumentException(
            "two fields of '"
                + sequence
                + "' have the id "
                + field.id()
                + " or the name '"
                + field.name()
                + "'; give each its own");
      }
    }
  }
}
