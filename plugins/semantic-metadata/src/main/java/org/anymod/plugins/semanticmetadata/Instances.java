package org.anymod.plugins.semanticmetadata;

import java.util.List;
import java.util.Map;
import org.anymod.media.ValueTypes;
import org.anymod.spi.FieldGroup.FieldLabeler;
import org.anymod.spi.Value;

/** Counts instances, those of the first crop where they are given for crops. */
final class Instances implements FieldLabeler {
  static final String FIELD = "n_sam_instances";

  @Override
  public String from() {
    return "sam_instance";
  }

  @Override
  public Map<String, Double> compute(Value value) {
    Object tree = ValueTypes.structured(value).tree();
    List<?> crops = Trees.list(Trees.entry(tree, "crops"));
    Object whole = crops.isEmpty() ? tree : crops.get(0);
    return Map.of(FIELD, (double) Trees.list(Trees.entry(whole, "instances")).size());
  }
}
