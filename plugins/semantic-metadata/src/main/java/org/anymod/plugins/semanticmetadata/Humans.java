package org.anymod.plugins.semanticmetadata;

import java.util.Map;
import org.anymod.media.ValueTypes;
import org.anymod.spi.FieldGroup.FieldLabeler;
import org.anymod.spi.Value;

/** Counts humans by their poses, one box each. */
final class Humans implements FieldLabeler {

  @Override
  public String from() {
    return "human_poses";
  }

  @Override
  public Map<String, Double> compute(Value value) {
    Object tree = ValueTypes.structured(value).tree();
    return Map.of(
        DetectedObjects.HUMANS, (double) Trees.list(Trees.entry(tree, "bbox_xyxy")).size());
  }
}
