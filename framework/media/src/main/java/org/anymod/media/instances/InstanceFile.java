package org.anymod.media.instances;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.media.BinaryMask;
import org.anymod.media.Box;
import org.anymod.media.JsonPlace;
import org.anymod.media.Point;
import org.anymod.media.Polygon;
import org.anymod.media.ValueTypes;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.StructuredSpec;

/**
 * The documents of instances. Either those of a whole picture, {@code {"width": 640, "height": 480,
 * "instances": [...]}}, or those of each of its crops, {@code {"crops": [{"instances": [...]},
 * ...]}} in pixels of crops of 224 x 224. An instance has a {@code polygon} of points [x, y] or a
 * {@code box} [ymin, xmin, ymax, xmax] or both, and possibly its 16 {@code tokens} and the {@code
 * mask} that they stand for: lengths of runs of 0 and 1 in turn, row by row of 64 x 64 places in
 * the box.
 */
final class InstanceFile implements StructuredSpec {
  /** Side of the crops whose instances are stored one by one. */
  static final int CROP_SIDE = 224;

  private static final int MAX_SIDE = 1 << 16;
  private static final int MAX_CROPS = 10_000;
  private static final int MAX_INSTANCES = 10_000;
  private static final int MAX_POINTS = 100_000;
  private static final int PLACES = Instance.SIDE * Instance.SIDE;

  private final int vocabulary;

  InstanceFile(int vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public Optional<String> violation(Object tree) {
    try {
      JsonPlace top = JsonPlace.top(tree);
      Optional<JsonPlace> crops = top.find("crops");
      if (crops.isEmpty()) {
        whole(top);
        return Optional.empty();
      }
      for (JsonPlace crop : crops.get().items(1, MAX_CROPS)) {
        instances(crop, CROP_SIDE, CROP_SIDE);
      }
      return Optional.empty();
    } catch (InvalidDataException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Returns whether the document holds the instances of crops one by one. */
  static boolean hasCrops(Value value) {
    return ((Map<?, ?>) ValueTypes.structured(value).tree()).get("crops") != null;
  }

  /** Returns the instances of the whole picture, or of the first crop. */
  Instances of(Value value) {
    return of(value, 0);
  }

  /** Returns the instances of the whole picture, or of one crop. */
  Instances of(Value value, int crop) {
    try {
      JsonPlace top = JsonPlace.top(ValueTypes.structured(value).tree());
      if (!hasCrops(value)) {
        return whole(top);
      }
      List<JsonPlace> crops = top.get("crops").items(1, MAX_CROPS);
      if (crop >= crops.size()) {
        throw new IllegalArgumentException(
            "crop " + crop + " is needed, but the file holds crops 0 to " + (crops.size() - 1));
      }
      return instances(crops.get(crop), CROP_SIDE, CROP_SIDE);
    } catch (InvalidDataException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  static Value toValue(Instances instances) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("width", (long) instances.width());
    tree.put("height", (long) instances.height());
    tree.put("instances", instances.items().stream().map(InstanceFile::entry).toList());
    return new Value.Structured(tree);
  }

  private static Map<String, Object> entry(Instance item) {
    Map<String, Object> entry = new LinkedHashMap<>();
    item.polygon()
        .ifPresent(
            outline ->
                entry.put(
                    "polygon", outline.points().stream().map(p -> List.of(p.x(), p.y())).toList()));
    Box box = item.box();
    entry.put("box", List.of(box.top(), box.left(), box.bottom(), box.right()));
    item.tokens()
        .ifPresent(tokens -> entry.put("tokens", tokens.stream().map(Integer::longValue).toList()));
    item.mask().ifPresent(mask -> entry.put("mask", runs(mask)));
    return entry;
  }

  private Instances whole(JsonPlace top) throws InvalidDataException {
    return instances(
        top, top.get("width").whole(1, MAX_SIDE), top.get("height").whole(1, MAX_SIDE));
  }

  private Instances instances(JsonPlace place, int width, int height) throws InvalidDataException {
    List<Instance> items = new ArrayList<>();
    for (JsonPlace entry : place.get("instances").items(0, MAX_INSTANCES)) {
      items.add(instance(entry, width, height));
    }
    return new Instances(width, height, items);
  }

  private Instance instance(JsonPlace entry, int width, int height) throws InvalidDataException {
    Optional<JsonPlace> outline = entry.find("polygon");
    Optional<Polygon> polygon = Optional.empty();
    if (outline.isPresent()) {
      polygon = Optional.of(polygon(outline.get(), width, height));
    }
    Optional<JsonPlace> sides = entry.find("box");
    if (polygon.isEmpty() && sides.isEmpty()) {
      throw entry.mustBe("an object with a 'polygon' or a 'box'");
    }
    Box box = sides.isPresent() ? box(sides.get(), width, height) : polygon.get().bounds();
    Optional<JsonPlace> tokens = entry.find("tokens");
    Optional<JsonPlace> mask = entry.find("mask");
    return new Instance(
        box,
        polygon,
        mask.isPresent() ? Optional.of(mask(mask.get())) : Optional.empty(),
        tokens.isPresent() ? Optional.of(tokens(tokens.get())) : Optional.empty());
  }

  private static Polygon polygon(JsonPlace outline, int width, int height)
      throws InvalidDataException {
    List<Point> points = new ArrayList<>();
    for (JsonPlace point : outline.items(1, MAX_POINTS)) {
      List<JsonPlace> numbers = point.items(2, 2);
      points.add(new Point(numbers.get(0).number(0, width), numbers.get(1).number(0, height)));
    }
    return new Polygon(points);
  }

  private static Box box(JsonPlace place, int width, int height) throws InvalidDataException {
    List<JsonPlace> sides = place.items(4, 4);
    double top = sides.get(0).number(0, height);
    double left = sides.get(1).number(0, width);
    double bottom = sides.get(2).number(0, height);
    double right = sides.get(3).number(0, width);
    if (left > right || top > bottom) {
      throw place.mustBe("[ymin, xmin, ymax, xmax] with ymin <= ymax and xmin <= xmax");
    }
    return new Box(left, top, right, bottom);
  }

  private List<Integer> tokens(JsonPlace place) throws InvalidDataException {
    List<Integer> tokens = new ArrayList<>();
    for (JsonPlace token : place.items(Instance.CODES, Instance.CODES)) {
      tokens.add(token.whole(0, vocabulary - 1));
    }
    return tokens;
  }

  private static BinaryMask mask(JsonPlace place) throws InvalidDataException {
    float[] pixels = new float[PLACES];
    int end = 0;
    boolean inside = false;
    for (JsonPlace run : place.items(1, PLACES + 1)) {
      int from = end;
      end += run.whole(0, PLACES - end);
      if (inside) {
        Arrays.fill(pixels, from, end, 1);
      }
      inside = !inside;
    }
    if (end != PLACES) {
      throw place.mustBe("runs whose lengths add up to " + PLACES);
    }
    return BinaryMask.of(new Value.Raster(1, Instance.SIDE, Instance.SIDE, pixels), 0.5);
  }

  private static List<Long> runs(BinaryMask mask) {
    List<Long> runs = new ArrayList<>();
    boolean inside = false;
    long length = 0;
    for (int i = 0; i < PLACES; i++) {
      if (mask.at(i / Instance.SIDE, i % Instance.SIDE) != inside) {
        runs.add(length);
        inside = !inside;
        length = 0;
      }
      length++;
    }
    runs.add(length);
    return runs;
  }
}
