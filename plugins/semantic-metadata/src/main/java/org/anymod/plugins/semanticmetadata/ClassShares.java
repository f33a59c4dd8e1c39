package org.anymod.plugins.semanticmetadata;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.anymod.media.ValueTypes;
import org.anymod.spi.FieldGroup.FieldLabeler;
import org.anymod.spi.Value;

/**
 * Shares of a segmentation map: objectness, the share of labelled pixels whose class is a countable
 * object; walkability, the share whose class one can walk on; and semantic diversity, the number of
 * different classes.
 */
final class ClassShares implements FieldLabeler {
  static final String OBJECTNESS = "objectness";
  static final String WALKABILITY = "walkability";
  static final String DIVERSITY = "semantic_diversity";

  private final BitSet things;
  private final BitSet walkable;
  private final OptionalInt ignored;

  ClassShares(SemanticMetadataConfig config) {
    things = ClassRanges.of("things", config.things());
    walkable = ClassRanges.of("walkable", config.walkable());
    ignored = config.ignored();
  }

  @Override
  public String from() {
    return "semseg";
  }

  @Override
  public Map<String, Double> compute(Value value) {
    BitSet present = new BitSet();
    int labelled = 0;
    int onThings = 0;
    int onWalkable = 0;
    for (int c : ValueTypes.classMap(value).data()) {
      if (ignored.isEmpty() || c != ignored.getAsInt()) {
        present.set(c);
        labelled++;
        onThings += things.get(c) ? 1 : 0;
        onWalkable += walkable.get(c) ? 1 : 0;
      }
    }
    Map<String, Double> numbers = new HashMap<>();
    numbers.put(OBJECTNESS, (double) onThings / Math.max(1, labelled));
    numbers.put(WALKABILITY, (double) onWalkable / Math.max(1, labelled));
    numbers.put(DIVERSITY, (double) present.cardinality());
    return numbers;
  }
}
