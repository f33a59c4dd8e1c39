package org.anymod.plugins.semanticmetadata;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anymod.media.ValueTypes;
import org.anymod.spi.FieldGroup.FieldLabeler;
import org.anymod.spi.Value;

/** Counts detected objects with a high enough score: all of them, their classes, and humans. */
final class DetectedObjects implements FieldLabeler {
  static final String OBJECTS = "n_coco_instances";
  static final String CLASSES = "coco_instance_diversity";
  static final String HUMANS = "n_humans";

  private final String humanClass;
  private final double minScore;

  DetectedObjects(String humanClass, double minScore) {
    this.humanClass = humanClass;
    this.minScore = minScore;
  }

  @Override
  public String from() {
    return "det";
  }

  @Override
  public Map<String, Double> compute(Value value) {
    List<String> names =
        Trees.objects(Trees.entry(ValueTypes.structured(value).tree(), "instances")).stream()
            .filter(this::counts)
            .map(object -> String.valueOf(object.get("class_name")))
            .toList();
    Map<String, Double> numbers = new HashMap<>();
    numbers.put(OBJECTS, (double) names.size());
    numbers.put(CLASSES, (double) names.stream().distinct().count());
    numbers.put(HUMANS, (double) names.stream().filter(humanClass::equals).count());
    return numbers;
  }

  private boolean counts(Map<?, ?> object) {
    return !(object.get("score") instanceof Number score) || score.doubleValue() >= minScore;
  }
}
