package org.anymod.media.body;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.anymod.media.NumberWord;
import org.anymod.media.RandomOrder;
import org.anymod.spi.CodedText;
import org.anymod.spi.Kind;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * People as 39 words each: {@code human}, the box, and in random order the 8 codes of the pose, how
 * the body is turned, the camera and the shape, each after its name; {@code none} without people
 * (arXiv 2406.09406, appendix D).
 */
final class HumanText implements CodedText {
  private static final String NONE = "none";
  private static final double BOX_SCALE = (NumberWord.BINS - 1) / HumanCrop.SIDE;

  private final BodyRules rules;
  private final HumanFile file;
  private final HumanReading reading;
  private final TokenizerFactory tokenizer;

  HumanText(BodyRules rules, HumanFile file, TokenizerFactory tokenizer) {
    this.rules = rules;
    this.file = file;
    this.tokenizer = tokenizer;
    this.reading = new HumanReading(rules.vocabulary());
  }

  /**
   * Writes people whose boxes are in a crop of 224 x 224.
   *
   * @throws IllegalArgumentException if a person has no codes
   */
  @Override
  public List<String> write(Value value, RandomGenerator random) {
    List<Human> humans = file.of(value);
    return List.of(
        humans.isEmpty()
            ? NONE
            : humans.stream().map(h -> words(h, random)).collect(Collectors.joining(" ")));
  }

  private String words(Human human, RandomGenerator random) {
    List<String> words = new ArrayList<>(List.of("human"));
    words.add(NumberWord.nearest(0, human.box().left() * BOX_SCALE).toString());
    words.add(NumberWord.nearest(1, human.box().top() * BOX_SCALE).toString());
    words.add(NumberWord.nearest(2, human.box().right() * BOX_SCALE).toString());
    words.add(NumberWord.nearest(3, human.box().bottom() * BOX_SCALE).toString());
    for (NumberGroup group : RandomOrder.of(List.of(NumberGroup.values()), random)) {
      words.add(group.word());
      words.addAll(group == NumberGroup.POSE ? codeWords(human) : numberWords(group, human));
    }
    return String.join(" ", words);
  }

  private static List<String> codeWords(Human human) {
    return human.codes().orElseThrow(HumanText::noCodes).stream()
        .map(code -> NumberWord.ofCode(code).toString())
        .toList();
  }

  private List<String> numberWords(NumberGroup group, Human human) {
    return Arrays.stream(group.numbers(human))
        .mapToObj(
            number ->
                rules.publishedRange() && group != NumberGroup.CAMERA
                    ? "v0=" + (long) Math.rint(group.bin(number))
                    : NumberWord.nearest(0, group.bin(number)).toString())
        .toList();
  }

  /** Reads the people of whom nothing is missing; boxes are in a crop of 224 x 224. */
  @Override
  public Value read(String text) {
    return HumanFile.toValue(reading.humans(text));
  }

  @Override
  public List<String> words() {
    List<String> words = new ArrayList<>(List.of("human", NONE));
    for (NumberGroup group : NumberGroup.values()) {
      words.add(group.word());
    }
    return words;
  }

  @Override
  public int coordinateBins() {
    return NumberWord.BINS;
  }

  @Override
  public TokenizerFactory tokenizer() {
    return tokenizer;
  }

  @Override
  public ValueSpec part() {
    return new ValueSpec.VectorsSpec(Human.BODY, 1, -1.1f, 1.1f);
  }

  @Override
  public int partSide() {
    return 1;
  }

  @Override
  public Kind.TokenGrid partCodes() {
    return new Kind.TokenGrid(1, Human.CODES, rules.vocabulary(), Kind.Positions.LEARNED);
  }

  @Override
  public Optional<List<Value>> parts(Value whole) {
    List<Human> humans = file.of(whole);
    if (humans.stream().anyMatch(human -> human.body().isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(humans.stream().map(human -> vectors(human.body().get())).toList());
  }

  private static Value vectors(double[] numbers) {
    float[] data = new float[numbers.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) numbers[i];
    }
    return new Value.Vectors(1, data.length, data);
  }

  @Override
  public boolean hasCodes(Value whole) {
    return file.of(whole).stream().allMatch(human -> human.codes().isPresent());
  }

  @Override
  public int[][] codes(Value whole) {
    return file.of(whole).stream()
        .map(human -> human.codes().orElseThrow(HumanText::noCodes))
        .map(codes -> codes.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  @Override
  public Value withCodes(Value whole, int[][] codes) {
    List<Human> humans = file.of(whole);
    requireCount(codes.length, humans);
    List<Human> filled = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) {
      filled.add(humans.get(i).withCodes(Arrays.stream(codes[i]).boxed().toList()));
    }
    return HumanFile.toValue(filled);
  }

  /** Fills decoded poses in, each matrix replaced by a rotation close to it. */
  @Override
  public Value withParts(Value whole, List<Value> parts) {
    List<Human> humans = file.of(whole);
    requireCount(parts.size(), humans);
    List<Human> filled = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      filled.add(humans.get(i).withBody(rotations(parts.get(i))));
    }
    return HumanFile.toValue(filled);
  }

  private static double[] rotations(Value part) {
    if (!(part instanceof Value.Vectors vectors)
        || vectors.count() != 1
        || vectors.dim() != Human.BODY) {
      throw new IllegalArgumentException(
          "a part is " + part + ", must be one vector of " + Human.BODY + " numbers");
    }
    double[] numbers = new double[Human.BODY];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = vectors.data()[i];
    }
    double[] rotations = new double[numbers.length];
    for (int at = 0; at < numbers.length; at += Rotations.SIZE) {
      System.arraycopy(Rotations.nearest(numbers, at), 0, rotations, at, Rotations.SIZE);
    }
    return rotations;
  }

  private static void requireCount(int found, List<Human> humans) {
    if (found != humans.size()) {
      throw new IllegalArgumentException(
          found + " parts for " + humans.size() + " people, must be as many");
    }
  }

  private static IllegalArgumentException noCodes() {
    return new IllegalArgumentException(
        "a person has no codes of a pose; a tokenizer of poses must fill them in first");
  }
}
