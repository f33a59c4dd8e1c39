package org.anymod.media.instances;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.anymod.media.BinaryMask;
import org.anymod.media.Box;
import org.anymod.media.NumberWord;
import org.anymod.media.Point;
import org.anymod.media.RandomOrder;
import org.anymod.media.ValueTypes;
import org.anymod.spi.CodedText;
import org.anymod.spi.Kind;
import org.anymod.spi.TextPrompt;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * Instances as answers to query points: {@code point v0=y v1=x}, then {@code none} or for each
 * instance there {@code polygon v0=xmin v1=ymin v2=xmax v3=ymax} and the 16 codes of its mask
 * (arXiv 2406.09406, appendix D). Coordinates are pixels of a crop of {@link
 * InstanceRules#imageSize()}.
 */
final class InstanceText implements CodedText {
  private static final int GRID = 4;
  private static final int WORDS = 4 + Instance.CODES;

  private final InstanceRules rules;
  private final InstanceFile file;
  private final TokenizerFactory tokenizer;

  InstanceText(InstanceRules rules, InstanceFile file, TokenizerFactory tokenizer) {
    this.rules = rules;
    this.file = file;
    this.tokenizer = tokenizer;
  }

  @Override
  public List<String> write(Value value, RandomGenerator random) {
    Instances instances = file.of(value).atSide(rules.imageSize());
    StringBuilder text = new StringBuilder();
    for (Point point : RandomOrder.of(queries(random), random)) {
      List<Instance> there =
          instances.items().stream().filter(item -> contains(item, point)).toList();
      text.append(text.length() > 0 ? " " : "").append(words(point, RandomOrder.of(there, random)));
    }
    return List.of(text.toString());
  }

  /** Returns what is told about a point. */
  static String words(Point point, List<Instance> there) {
    StringBuilder words = new StringBuilder();
    writePoint(words, point);
    for (Instance item : there) {
      writeBox(words, item.box());
      for (int code : item.tokens().orElseThrow(InstanceText::noCodes)) {
        words.append(' ').append(NumberWord.ofCode(code));
      }
    }
    return words.append(there.isEmpty() ? " none" : "").toString();
  }

  private static void writePoint(StringBuilder words, Point point) {
    // The row comes first here and the column first in boxes: published weights expect it.
    words.append("point ").append(NumberWord.nearest(0, point.y())).append(' ');
    words.append(NumberWord.nearest(1, point.x()));
  }

  private static void writeBox(StringBuilder words, Box box) {
    words.append(" polygon ").append(NumberWord.nearest(0, box.left()));
    words.append(' ').append(NumberWord.nearest(1, box.top()));
    words.append(' ').append(NumberWord.nearest(2, box.right()));
    words.append(' ').append(NumberWord.nearest(3, box.bottom()));
  }

  /** Asks for the mask of each instance by its box and the point in the middle of it. */
  @Override
  public List<TextPrompt> prompts(Value truth) {
    Instances instances = file.of(truth).atSide(rules.imageSize());
    List<TextPrompt> prompts = new ArrayList<>();
    for (Instance item : instances.items()) {
      Box box = item.box();
      Point middle = new Point((box.left() + box.right()) / 2, (box.top() + box.bottom()) / 2);
      StringBuilder words = new StringBuilder();
      writePoint(words, middle);
      writeBox(words, box);
      prompts.add(
          new TextPrompt(
              words.toString(), "", InstanceFile.toValue(instances.with(List.of(item)))));
    }
    return prompts;
  }

  /** Returns the query points, all different. */
  List<Point> queries(RandomGenerator random) {
    int count = rules.points();
    Set<Point> points = new LinkedHashSet<>();
    if (rules.pointOrder() == InstanceRules.PointOrder.RANDOM) {
      int[] rows = random.ints(count, 0, rules.imageSize()).toArray();
      int[] columns = random.ints(count, 0, rules.imageSize()).toArray();
      for (int i = 0; i < count; i++) {
        points.add(new Point(columns[i], rows[i]));
      }
    } else {
      for (int i = 0; i < count * count; i++) {
        points.add(new Point(gridLine(i % count), gridLine(i / count)));
      }
    }
    return List.copyOf(points);
  }

  private int gridLine(int number) {
    return (number + 1) * rules.imageSize() / (rules.points() + 1);
  }

  private boolean contains(Instance item, Point point) {
    if (item.polygon().isPresent()) {
      return item.polygon().get().contains(point.x(), point.y());
    }
    return item.placed(rules.imageSize(), rules.imageSize()).at((int) point.y(), (int) point.x());
  }

  /**
   * Reads the instances with a whole box and 16 codes, each once. Points without any tell nothing
   * and are left out.
   */
  @Override
  public Value read(String text) {
    Set<Instance> read = new LinkedHashSet<>();
    List<String> words = new ArrayList<>();
    boolean inside = false;
    for (String word : (text.strip() + " point").split("\\s+")) {
      if (word.equals("polygon") || word.equals("point")) {
        if (inside) {
          instance(words).ifPresent(read::add);
        }
        words.clear();
        inside = word.equals("polygon");
      } else {
        words.add(word);
      }
    }
    int side = rules.imageSize();
    return InstanceFile.toValue(new Instances(side, side, List.copyOf(read)));
  }

  private Optional<Instance> instance(List<String> words) {
    List<NumberWord> numbers =
        words.stream().flatMap(word -> NumberWord.parse(word).stream()).toList();
    if (words.size() != WORDS || numbers.size() != WORDS) {
      return Optional.empty();
    }
    int[] sides = numbers.stream().limit(4).mapToInt(NumberWord::number).toArray();
    List<Integer> codes =
        numbers.stream()
            .skip(4)
            .flatMap(word -> word.code().stream())
            .filter(code -> code < rules.vocabulary())
            .toList();
    int max = rules.imageSize();
    if (codes.size() != Instance.CODES
        || sides[0] >= Math.min(max, sides[2])
        || sides[1] >= Math.min(max, sides[3])) {
      return Optional.empty();
    }
    Box box = new Box(sides[0], sides[1], sides[2], sides[3]).within(max);
    return Optional.of(new Instance(box, Optional.empty(), Optional.empty(), Optional.of(codes)));
  }

  @Override
  public List<String> words() {
    return List.of("point", "polygon", "none");
  }

  @Override
  public int coordinateBins() {
    return Math.max(rules.imageSize() + 1, NumberWord.CODES / 2);
  }

  @Override
  public TokenizerFactory tokenizer() {
    return tokenizer;
  }

  @Override
  public ValueSpec part() {
    return new ValueSpec.RasterSpec(1, 0, 1);
  }

  @Override
  public int partSide() {
    return Instance.SIDE;
  }

  @Override
  public Kind.TokenGrid partCodes() {
    return new Kind.TokenGrid(GRID, GRID, rules.vocabulary(), Kind.Positions.SINE_COSINE);
  }

  @Override
  public Optional<List<Value>> parts(Value whole) {
    List<Value> parts = new ArrayList<>();
    for (Instance item : file.of(whole).items()) {
      Optional<BinaryMask> mask = item.stretched();
      if (mask.isEmpty()) {
        return Optional.empty();
      }
      parts.add(mask.get().toRaster());
    }
    return Optional.of(parts);
  }

  @Override
  public boolean hasCodes(Value whole) {
    return file.of(whole).items().stream().allMatch(item -> item.tokens().isPresent());
  }

  @Override
  public int[][] codes(Value whole) {
    return file.of(whole).items().stream()
        .map(item -> item.tokens().orElseThrow(InstanceText::noCodes))
        .map(tokens -> tokens.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  @Override
  public Value withCodes(Value whole, int[][] codes) {
    Instances instances = file.of(whole);
    requireCount(codes.length, instances);
    List<Instance> filled = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) {
      List<Integer> tokens = Arrays.stream(codes[i]).boxed().toList();
      filled.add(instances.items().get(i).withTokens(Optional.of(tokens)));
    }
    return InstanceFile.toValue(instances.with(filled));
  }

  /**
   * Fills decoded masks in. Empty masks are left out and instances that were told several times
   * become one, so that there may be fewer than parts.
   */
  @Override
  public Value withParts(Value whole, List<Value> parts) {
    Instances instances = file.of(whole);
    requireCount(parts.size(), instances);
    List<Instance> filled = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      BinaryMask mask = BinaryMask.of(ValueTypes.raster(parts.get(i)), 0.5);
      filled.add(instances.items().get(i).withMask(mask));
    }
    return InstanceFile.toValue(
        instances.with(new DecodedMasks(rules.publishedMasks()).different(instances.with(filled))));
  }

  private static void requireCount(int found, Instances instances) {
    if (found != instances.items().size()) {
      throw new IllegalArgumentException(
          found + " parts for " + instances.items().size() + " instances, must be as many");
    }
  }

  private static IllegalArgumentException noCodes() {
    return new IllegalArgumentException(
        "an instance has no codes; a tokenizer of masks must fill them in first");
  }
}
