package org.anymod.media.fields;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.anymod.media.ValueTypes;
import org.anymod.spi.FieldGroup.FieldLabeler;
import org.anymod.spi.Value;

/**
 * Numbers about a class map: the shares of labelled pixels whose class belongs to some set, and the
 * number of different classes.
 */
public final class ClassShares implements FieldLabeler {
  private final String from;
  private final Map<String, BitSet> shares;
  private final String diversity;
  private final OptionalInt ignored;

  /**
   * Creates a labeler.
   *
   * @param from source of the class maps
   * @param shares field for the share of each set of classes
   * @param diversity field for the number of different classes
   * @param ignored class of places without a label, which counts nowhere
   */
  public ClassShares(
      String from, Map<String, BitSet> shares, String diversity, OptionalInt ignored) {
    this.from = from;
    this.shares = Map.copyOf(shares);
    this.diversity = diversity;
    this.ignored = ignored;
  }

  @Override
  public String from() {
    return from;
  }

  @Override
  public Map<String, Double> compute(Value value) {
    BitSet present = new BitSet();
    int labelled = 0;
    Map<String, Integer> counts = new HashMap<>();
    for (int c : ValueTypes.classMap(value).data()) {
      if (ignored.isEmpty() || c != ignored.getAsInt()) {
        present.set(c);
        labelled++;
        shares.forEach(
            (field, classes) -> counts.merge(field, classes.get(c) ? 1 : 0, Integer::sum));
      }
    }
    Map<String, Double> numbers = new HashMap<>();
    for (String field : shares.keySet()) {
      numbers.put(field, (double) counts.getOrDefault(field, 0) / Math.max(1, labelled));
    }
    numbers.put(diversity, (double) present.cardinality());
    return numbers;
  }
}
