package org.anymod.media.body;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.media.Box;
import org.anymod.media.JsonPlace;
import org.anymod.media.ValueTypes;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.StructuredSpec;

/**
 * The documents of people: empty without any, else lists with an element for each person, {@code
 * bbox_xyxy} (pixels), {@code pred_cam}, {@code pred_smpl_params} with {@code global_orient},
 * {@code betas} and possibly {@code body_pose}, and possibly {@code pose_tokenized}. Other entries
 * are left alone.
 */
final class HumanFile implements StructuredSpec {
  private static final int MAX_HUMANS = 1000;
  private static final double MAX_PIXEL = 1 << 20;
  private static final double MAX_CAMERA = 1e4;
  private static final double MAX_SHAPE = 100;

  /** Entries of a rotation are at most 1; words and networks are less exact. */
  private static final double MAX_ENTRY = 1.1;

  private final int vocabulary;

  HumanFile(int vocabulary) {
    this.vocabulary = vocabulary;
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

  List<Human> of(Value value) {
    try {
      return read(ValueTypes.structured(value).tree());
    } catch (InvalidDataException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Returns the document of some people; poses and codes are written if all have them. */
  static Value toValue(List<Human> humans) {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (humans.isEmpty()) {
      return new Value.Structured(tree);
    }
    tree.put(
        "bbox_xyxy",
        humans.stream()
            .map(h -> List.of(h.box().left(), h.box().top(), h.box().right(), h.box().bottom()))
            .toList());
    tree.put("pred_cam", humans.stream().map(human -> list(human.camera(), 0, 3)).toList());
    if (humans.stream().allMatch(human -> human.codes().isPresent())) {
      tree.put(
          "pose_tokenized",
          humans.stream()
              .map(human -> human.codes().get().stream().map(Integer::longValue).toList())
              .toList());
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("global_orient", humans.stream().map(human -> rotations(human.orient())).toList());
    body.put("betas", humans.stream().map(human -> list(human.shape(), 0, Human.SHAPE)).toList());
    if (humans.stream().allMatch(human -> human.body().isPresent())) {
      body.put("body_pose", humans.stream().map(human -> rotations(human.body().get())).toList());
    }
    tree.put("pred_smpl_params", body);
    return new Value.Structured(tree);
  }

  private static List<List<List<Double>>> rotations(double[] numbers) {
    List<List<List<Double>>> rotations = new ArrayList<>();
    for (int at = 0; at < numbers.length; at += Rotations.SIZE) {
      rotations.add(
          List.of(list(numbers, at, 3), list(numbers, at + 3, 3), list(numbers, at + 6, 3)));
    }
    return rotations;
  }

  private static List<Double> list(double[] numbers, int from, int count) {
    return Arrays.stream(numbers, from, from + count).boxed().toList();
  }

  private List<Human> read(Object tree) throws InvalidDataException {
    JsonPlace top = JsonPlace.top(tree);
    if (top.isEmpty()) {
      return List.of();
    }
    List<JsonPlace> boxes = top.get("bbox_xyxy").items(0, MAX_HUMANS);
    int count = boxes.size();
    List<JsonPlace> cameras = top.get("pred_cam").items(count, count);
    JsonPlace parameters = top.get("pred_smpl_params");
    List<JsonPlace> orients = parameters.get("global_orient").items(count, count);
    List<JsonPlace> shapes = parameters.get("betas").items(count, count);
    Optional<List<JsonPlace>> bodies = items(parameters.find("body_pose"), count);
    Optional<List<JsonPlace>> codes = items(top.find("pose_tokenized"), count);
    List<Human> humans = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      humans.add(
          new Human(
              box(boxes.get(i)),
              cameras.get(i).numbers(Human.CAMERA, -MAX_CAMERA, MAX_CAMERA),
              orient(orients.get(i)),
              bodies.isPresent()
                  ? Optional.of(rotations(bodies.get().get(i), Skeleton.TURNED))
                  : Optional.empty(),
              shapes.get(i).numbers(Human.SHAPE, -MAX_SHAPE, MAX_SHAPE),
              codes.isPresent() ? Optional.of(codes(codes.get().get(i))) : Optional.empty()));
    }
    return humans;
  }

  private static Optional<List<JsonPlace>> items(Optional<JsonPlace> place, int count)
      throws InvalidDataException {
    return place.isPresent() ? Optional.of(place.get().items(count, count)) : Optional.empty();
  }

  private static Box box(JsonPlace place) throws InvalidDataException {
    double[] sides = place.numbers(4, -MAX_PIXEL, MAX_PIXEL);
    if (sides[0] > sides[2] || sides[1] > sides[3]) {
      throw place.mustBe("[xmin, ymin, xmax, ymax] with xmin <= xmax and ymin <= ymax");
    }
    return new Box(sides[0], sides[1], sides[2], sides[3]);
  }

  /** Reads one rotation, alone or in a list of one. */
  private static double[] orient(JsonPlace place) throws InvalidDataException {
    List<JsonPlace> items = place.items(1, 3);
    return items.size() == 1 ? rotations(place, 1) : rotation(place);
  }

  private static double[] rotations(JsonPlace place, int count) throws InvalidDataException {
    double[] numbers = new double[count * Rotations.SIZE];
    List<JsonPlace> items = place.items(count, count);
    for (int i = 0; i < count; i++) {
      System.arraycopy(rotation(items.get(i)), 0, numbers, i * Rotations.SIZE, Rotations.SIZE);
    }
    return numbers;
  }

  private static double[] rotation(JsonPlace place) throws InvalidDataException {
    double[] numbers = new double[Rotations.SIZE];
    List<JsonPlace> rows = place.items(3, 3);
    for (int row = 0; row < 3; row++) {
      System.arraycopy(rows.get(row).numbers(3, -MAX_ENTRY, MAX_ENTRY), 0, numbers, 3 * row, 3);
    }
    return numbers;
  }

  private List<Integer> codes(JsonPlace place) throws InvalidDataException {
    List<Integer> codes = new ArrayList<>();
    for (JsonPlace code : place.items(Human.CODES, Human.CODES)) {
      codes.add(code.whole(0, vocabulary - 1));
    }
    return codes;
  }
}
