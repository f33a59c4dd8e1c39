package org.anymod.media.boxes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.anymod.media.Box;
import org.anymod.media.JsonPlace;
import org.anymod.media.RandomOrder;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Crop;
import org.anymod.spi.InputForm;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.StructuredSpec;

/** The documents of boxes: what they look like, what is cut out and told of them. */
final class LabelledBoxes implements StructuredSpec {
  private static final int MAX_INSTANCES = 100_000;

  /** Detectors may end a box a little outside the picture. */
  private static final double SLACK = 1e-3;

  private final BoxRules rules;
  private final Set<String> labels;
  private final String setting;

  LabelledBoxes(String name, BoxRules rules) {
    this.rules = rules;
    this.labels = new HashSet<>(rules.labels());
    this.setting = "plugins." + name + ".labels";
  }

  @Override
  public Optional<String> violation(Object tree) {
    try {
      read(tree);
      return Optional.empty();
    } catch (InvalidDataException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Returns all boxes of a document. */
  List<LabelledBox> of(Value value) {
    try {
      return read(ValueTypes.structured(value).tree());
    } catch (InvalidDataException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Returns the boxes of a document that are certain enough. */
  List<LabelledBox> certain(Value value) {
    return of(value).stream().filter(d -> d.score() >= rules.threshold()).toList();
  }

  /** Returns the document of some boxes. */
  static Value toValue(List<LabelledBox> detections) {
    return new Value.Structured(
        Map.of("instances", detections.stream().map(LabelledBox::toTree).toList()));
  }

  /** Returns the document of boxes that a person drew, which are certain. */
  static Value drawn(List<InputForm.LabelledBox> boxes) {
    List<LabelledBox> drawn = new ArrayList<>();
    for (InputForm.LabelledBox box : boxes) {
      Box sides = new Box(box.left(), box.top(), box.right(), box.bottom());
      drawn.add(new LabelledBox(sides, box.label(), 1));
    }
    return toValue(drawn);
  }

  /** Returns the certain boxes as parts of a crop, in the order of the document. */
  List<LabelledBox> crop(Value value, Crop crop) {
    List<LabelledBox> kept = new ArrayList<>();
    for (LabelledBox detection : certain(value)) {
      Box all = detection.box().scaled(crop.originalWidth(), crop.originalHeight()).into(crop, 1);
      Box inside = all.within(1);
      if (inside.area() > 0 && inside.area() / all.area() >= rules.minVisibility()) {
        kept.add(detection.with(inside));
      }
    }
    return kept;
  }

  /** Returns the boxes to be told, in the order in which they are told. */
  List<LabelledBox> told(Value value, RandomGenerator random) {
    List<LabelledBox> told = certain(value);
    Comparator<LabelledBox> byScore = Comparator.comparingDouble(d -> -d.score());
    int max = rules.maxInstances().orElse(Integer.MAX_VALUE);
    if (told.size() > max) {
      Set<LabelledBox> best = new HashSet<>(told.stream().sorted(byScore).limit(max).toList());
      told = told.stream().filter(best::contains).limit(max).toList();
    }
    return switch (rules.order()) {
      case DISTANCE ->
          told.stream().sorted(Comparator.comparingDouble(LabelledBoxes::distance)).toList();
      case AREA -> told.stream().sorted(Comparator.comparingDouble(d -> -d.box().area())).toList();
      case SCORE -> told.stream().sorted(byScore).toList();
      case RANDOM -> RandomOrder.of(told, random);
    };
  }

  private static double distance(LabelledBox detection) {
    Box box = detection.box();
    return box.left() * box.left() + box.top() * box.top();
  }

  private List<LabelledBox> read(Object tree) throws InvalidDataException {
    List<LabelledBox> detections = new ArrayList<>();
    for (JsonPlace instance : JsonPlace.top(tree).get("instances").items(0, MAX_INSTANCES)) {
      double[] sides = instance.get("boxes").numbers(4, -SLACK, 1 + SLACK);
      if (sides[0] > sides[2] || sides[1] > sides[3]) {
        throw instance
            .get("boxes")
            .mustBe("[xmin, ymin, xmax, ymax] with xmin <= xmax and ymin <= ymax");
      }
      JsonPlace label = instance.get("class_name");
      if (!labels.contains(label.text())) {
        throw label.mustBe("one of the " + labels.size() + " labels in " + setting);
      }
      Optional<JsonPlace> score = instance.find("score");
      detections.add(
          new LabelledBox(
              new Box(sides[0], sides[1], sides[2], sides[3]),
              label.text(),
              score.isPresent() ? score.get().number(0, 1) : 1));
    }
    return detections;
  }
}
