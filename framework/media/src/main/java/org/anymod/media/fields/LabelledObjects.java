package org.anymod.media.fields;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anymod.media.ValueTypes;
import org.anymod.spi.FieldGroup.FieldLabeler;
import org.anymod.spi.Value;

/** Counts labelled objects with a high enough score: all, their classes, those of one class. */
public final class LabelledObjects implements FieldLabeler {
  private final String from;
  private final double minScore;
  private final Names names;

  /**
   * Names of the fields.
   *
   * @param objects field for the number of objects
   * @param classes field for the number of different classes
   * @param label a class
   * @param labelled field for the number of objects of this class
   */
  public record Names(String objects, String classes, String label, String labelled) {}

  /**
   * Creates a labeler.
   *
   * @param from source of documents with {@code instances} that have a {@code class_name} and
   *     possibly a {@code score}
   * @param minScore smallest score of objects that count; those without a score do
   * @param names names of the fields
   */
  public LabelledObjects(String from, double minScore, Names names) {
    this.from = from;
    this.minScore = minScore;
    this.names = names;
  }

  @Override
  public String from() {
    return from;
  }

  @Override
  public Map<String, Double> compute(Value value) {
    List<String> labels =
        Trees.objects(Trees.entry(ValueTypes.structured(value).tree(), "instances")).stream()
            .filter(this::counts)
            .map(object -> String.valueOf(object.get("class_name")))
            .toList();
    Map<String, Double> numbers = new HashMap<>();
    numbers.put(names.objects(), (double) labels.size());
    numbers.put(names.classes(), (double) labels.stream().distinct().count());
    numbers.put(names.labelled(), (double) labels.stream().filter(names.label()::equals).count());
    return numbers;
  }

  private boolean counts(Map<?, ?> object) {
    return !(object.get("score") instanceof Number score) || score.doubleValue() >= minScore;
  }
}
