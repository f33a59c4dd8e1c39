package org.anymod.plugins.det;

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
import org.anymod.spi.InputForm.LabelledBox;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.StructuredSpec;

/** The documents of boxes: what they look like, what is cut out and told of them. */
final class Detections implements StructuredSpec {
  private static final int MAX_INSTANCES = 100_000;

  /** Detectors may end a box a little outside the picture. */
  private static final double SLACK = 1e-3;

  private final DetConfig config;
  private final Set<String> labels;

  Detections(DetConfig config) {
    this.config = config;
    this.labels = new HashSet<>(config.labels());
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
  List<Detection> of(Value value) {
    try {
      return read(ValueTypes.structured(value).tree());
    } catch (InvalidDataException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Returns the boxes of a document that are certain enough. */
  List<Detection> certain(Value value) {
    return of(value).stream().filter(d -> d.score() >= config.threshold()).toList();
  }

  /** Returns the document of some boxes. */
  static Value toValue(List<Detection> detections) {
    return new Value.Structured(
        Map.of("instances", detections.stream().map(Detection::toTree).toList()));
  }

  /** Returns the document of boxes that a person drew, which are certain. */
  static Value drawn(List<LabelledBox> boxes) {
    List<Detection> detections = new ArrayList<>();
    for (LabelledBox box : boxes) {
      Box sides = new Box(box.left(), box.top(), box.right(), box.bottom());
      detections.add(new Detection(sides, box.label(), 1));
    }
    return toValue(detections);
  }

  /** Returns the certain boxes as parts of a crop, in the order of the document. */
  List<Detection> crop(Value value, Crop crop) {
    List<Detection> kept = new ArrayList<>();
    for (Detection detection : certain(value)) {
      Box all = detection.box().scaled(crop.originalWidth(), crop.originalHeight()).into(crop, 1);
      Box inside = all.within(1);
      if (inside.area() > 0 && inside.area() / all.area() >= config.minVisibility()) {
        kept.add(detection.with(inside));
      }
    }
    return kept;
  }

  /** Returns the boxes to be told, in the order in which they are told. */
  List<Detection> told(Value value, RandomGenerator random) {
    List<Detection> told = certain(value);
    Comparator<Detection> byScore = Comparator.comparingDouble(d -> -d.score());
    int max = config.maxInstances().orElse(Integer.MAX_VALUE);
    if (told.size() > max) {
      Set<Detection> best = new HashSet<>(told.stream().sorted(byScore).limit(max).toList());
      told = told.stream().filter(best::contains).limit(max).toList();
    }
    return switch (config.order()) {
      case DISTANCE ->
          told.stream().sorted(Comparator.comparingDouble(Detections::distance)).toList();
      case AREA -> told.stream().sorted(Comparator.comparingDouble(d -> -d.box().area())).toList();
      case SCORE -> told.stream().sorted(byScore).toList();
      case RANDOM -> RandomOrder.of(told, random);
    };
  }

  private static double distance(Detection detection) {
    Box box = detection.box();
    return box.left() * box.left() + box.top() * box.top();
  }

  private List<Detection> read(Object tree) throws InvalidDataException {
    List<Detection> detections = new ArrayList<>();
    for (JsonPlace instance : JsonPlace.top(tree).get("instances").items(0, MAX_INSTANCES)) {
      double[] sides = instance.get("boxes").numbers(4, -SLACK, 1 + SLACK);
      if (sides[0] > sides[2] || sides[1] > sides[3]) {
        throw instance
            .get("boxes")
            .mustBe("[xmin, ymin, xmax, ymax] with xmin <= xmax and ymin <= ymax");
      }
      JsonPlace label = instance.get("class_name");
      if (!labels.contains(label.text())) {
        throw label.mustBe("one of the " + labels.size() + " labels in plugins.det.labels");
      }
      Optional<JsonPlace> score = instance.find("score");
      detections.add(
          new Detection(
              new Box(sides[0], sides[1], sides[2], sides[3]),
              label.text(),
              score.isPresent() ? score.get().number(0, 1) : 1));
    }
    return detections;
  }
}
