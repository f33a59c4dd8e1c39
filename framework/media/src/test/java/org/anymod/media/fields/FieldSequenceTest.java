package org.anymod.media.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.anymod.spi.Bins;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Field;
import org.anymod.spi.FieldGroup;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Labeler;
import org.anymod.spi.Metric;
import org.anymod.spi.Rendering;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldSequenceTest {
  private static final FieldGroup SIZES =
      new FieldGroup(
          "facts",
          12,
          List.of(
              new Field(9, "colour", new Bins.Range(0, 150, 50)),
              new Field(0, "width", new Bins.Steps(32)),
              new Field(20, "beauty", new Bins.Thresholds(List.of(4.5, 5.5)))),
          List.of(new Fixed("pictures", Map.of("width", 640.0, "colour", 45.3))));
  private static final FieldGroup COUNTS =
      new FieldGroup(
          "facts",
          7,
          List.of(new Field(2, "letters", new Bins.Count())),
          List.of(new Fixed("texts", Map.of("letters", 52.2, "width", 1.0))));
  private static final FieldSequence JOINT =
      new FieldSequence("facts", "facts", List.of(SIZES, COUNTS));
  private static final FieldSequence ALONE = new FieldSequence("sizes", "sizes", List.of(SIZES));
  private static final TextForm TEXT = (TextForm) JOINT.representation();

  private record Fixed(String from, Map<String, Double> numbers)
      implements FieldGroup.FieldLabeler {
    @Override
    public Map<String, Double> compute(Value value) {
      return numbers;
    }
  }

  @Test
  void theJointSequenceHasTheSumOfTheShares() {
    DeclarationRequest request = new DeclarationRequest("facts", 224, 16, OptionalInt.empty());
    assertThat(JOINT.declare(request).kind()).isEqualTo(new Kind.TextSequence(19, 19));
    assertThat(JOINT.fieldGroup()).isEmpty();
    assertThat(JOINT.followsCrop()).isFalse();
  }

  @Test
  void aloneThereIsRoomForAllFieldsAndTheEnd() {
    DeclarationRequest request = new DeclarationRequest("sizes", 224, 16, OptionalInt.empty());
    assertThat(ALONE.declare(request).kind()).isEqualTo(new Kind.TextSequence(7, 7));
    assertThat(ALONE.fieldGroup()).contains(SIZES);
  }

  @Test
  void refusesGroupsThatDoNotBelongTogether() {
    assertThatThrownBy(() -> new FieldSequence("facts", "facts", List.of()))
        .hasMessageContaining("no groups");
    assertThatThrownBy(() -> new FieldSequence("other", "other", List.of(SIZES, COUNTS)))
        .hasMessage("other: a group belongs to the sequence 'facts'");
    assertThatThrownBy(() -> new FieldSequence("facts", "facts", List.of(SIZES, SIZES)))
        .hasMessageContaining("two fields of 'facts'");
  }

  @Test
  void numbersSurviveTheirFile() throws InvalidDataException {
    for (int seed = 0; seed < 100; seed++) {
      Value value = random(seed);
      assertThat(JOINT.value().violation(value)).isEmpty();
      assertThat(JOINT.codec().decode(JOINT.codec().encode(value)))
          .as("seed %d", seed)
          .isEqualTo(value);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"height\": 3} | field 'height' is unknown, known are [width, letters, colour, beauty]",
        "{\"width\": 3.5} | field 'width' is 3.5, must be a whole number, at least 0",
        "{\"letters\": -1} | field 'letters' is -1, must be a whole number, at least 0",
        "{\"colour\": \"red\"} | field 'colour' is red, must be a number",
        "{\"colour\": null} | field 'colour' is null, must be a number",
        "[1] | must be an object from field name to number",
        "{\"colour\": 1 | line 1",
      })
  void refusesOtherDocuments(String file, String message) {
    assertThatThrownBy(() -> JOINT.codec().decode(file.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void damagedFilesAreRefusedOrStillFit() {
    byte[] good = JOINT.codec().encode(random(1));
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length));
      bad[random.nextInt(bad.length)] = (byte) random.nextInt(128);
      try {
        assertThat(JOINT.value().violation(JOINT.codec().decode(bad))).isEmpty();
      } catch (InvalidDataException e) {
        assertThat(e).hasMessageMatching("(?s).+");
      }
    }
  }

  @Test
  void writesEachFieldAsAChunkInAnyOrder() throws InvalidDataException {
    Value value = parse("{\"width\": 640, \"colour\": 45.3, \"letters\": 52, \"beauty\": 5.1}");
    Set<String> firsts = new TreeSet<>();
    for (int seed = 0; seed < 200; seed++) {
      List<String> chunks = TEXT.write(value, new Random(seed * 7919L));
      assertThat(chunks)
          .containsExactlyInAnyOrder("v1=0 v0=20", "v1=9 v0=14", "v1=2 v0=52", "v1=20 v0=1");
      assertThat(TEXT.write(value, new Random(seed * 7919L))).isEqualTo(chunks);
      firsts.add(chunks.get(0));
    }
    assertThat(firsts).hasSize(4);
    assertThat(TEXT.write(parse("{}"), new Random(0))).isEmpty();
    assertThat(TEXT.coordinateBins()).isEqualTo(1000);
  }

  @Test
  void textSurvivesReadingAndWriting() {
    for (int seed = 0; seed < 200; seed++) {
      List<String> chunks = TEXT.write(random(seed), new Random(seed));
      Value read = TEXT.read(String.join(" ", chunks));
      assertThat(JOINT.value().violation(read)).isEmpty();
      assertThat(TEXT.write(read, new Random(0)))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(chunks);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | {}",
        "a dog | {}",
        "v1=2 v0=52 [EOS] [PAD] [PAD] | {\"letters\": 52}",
        "v1=2 v1=0 v0=20 | {\"width\": 640}",
        "v1=2 v0=5 v0=6 v1=0 v0=1 | {\"width\": 32}",
        "v1=2 v0=5 dog v1=0 v0=1 | {\"width\": 32}",
        "v0=3 v1=2 v0=5 v1=2 v0=7 | {\"letters\": 7}",
        "v1=77 v0=5 v1=2 v2=5 v1=0 v0=9999 | {}",
        "v1=20 v0=2 v1=0 v0=1 | {\"width\": 32, \"beauty\": 5.5}",
        "v1=20 v0=900 | {\"beauty\": 5.5}",
      })
  void readsWhateverAModelSays(String text, String expected) throws InvalidDataException {
    assertThat(TEXT.read(text)).isEqualTo(parse(expected));
  }

  @Test
  void readsRangesAsTheirMiddleOrAsPublished() {
    TextForm published =
        (TextForm) new FieldSequence("facts", "facts", List.of(SIZES.published())).representation();
    assertThat(number(TEXT.read("v1=9 v0=14"), "colour")).isCloseTo(44.39, within(0.01));
    assertThat(number(published.read("v1=9 v0=14"), "colour")).isCloseTo(42.0, within(1e-9));
    assertThat(number(TEXT.read("v1=9 v0=49"), "colour")).isEqualTo(150);
    assertThat(number(published.read("v1=9 v0=49"), "colour")).isCloseTo(147, within(1e-9));
    assertThat(number(published.read("v1=20 v0=2"), "beauty")).isEqualTo(2);
    assertThat(number(published.read("v1=0 v0=20"), "width")).isEqualTo(640);
    Value value = parseUnchecked("{\"colour\": 45.3}");
    assertThat(published.write(value, new Random(0))).containsExactly("v1=9 v0=14");
  }

  @Test
  void numbersOutsideTheRangeGoToTheNearestBin() {
    Value value = parseUnchecked("{\"width\": 99999, \"colour\": 1000, \"letters\": 5000}");
    assertThat(TEXT.write(value, new Random(0)))
        .containsExactlyInAnyOrder("v1=0 v0=999", "v1=9 v0=49", "v1=2 v0=999");
    assertThat(TEXT.write(parseUnchecked("{\"colour\": -5}"), new Random(0)))
        .containsExactly("v1=9 v0=0");
  }

  @Test
  void computesWhatItCanFromWhatIsThere() throws InvalidDataException {
    Labeler labeler = JOINT.labelers().get(0);
    assertThat(labeler.from()).containsExactly("pictures", "texts");
    assertThat(labeler.needsAll()).isFalse();
    Value any = new Value.Text("");
    assertThat(labeler.label(Map.of("texts", any)))
        .isEqualTo(parse("{\"width\": 1, \"letters\": 52}"));
    assertThat(labeler.label(Map.of("pictures", any, "texts", any)))
        .isEqualTo(parse("{\"width\": 640, \"letters\": 52, \"colour\": 45.3}"));
  }

  @Test
  void aloneItTakesItsFieldsFromTheJointFiles() throws InvalidDataException {
    Labeler labeler = ALONE.labelers().get(0);
    assertThat(labeler.from()).containsExactly("facts");
    Value joint = parse("{\"letters\": 3, \"width\": 64}");
    assertThat(((Value.Structured) labeler.label(Map.of("facts", joint))).tree())
        .isEqualTo(Map.of("width", 64L));
    assertThat(ALONE.labelers().get(1).from()).containsExactly("pictures");
  }

  @Test
  void saysWhichLabelerGivesAnUnknownField() {
    FieldGroup group =
        new FieldGroup(
            "facts", 3, COUNTS.fields(), List.of(new Fixed("texts", Map.of("words", 1.0))));
    Labeler labeler = new FieldSequence("facts", "facts", List.of(group)).labelers().get(0);
    assertThatThrownBy(() -> labeler.label(Map.of("texts", new Value.Text(""))))
        .hasMessage("a labeler gives the field 'words', known are [letters]");
  }

  @Test
  void measuresBinsAndCountsMissingFieldsAsWrong() throws InvalidDataException {
    Value truth = parse("{\"width\": 640, \"colour\": 150, \"letters\": 50, \"beauty\": 6}");
    Metric.Accumulator same = JOINT.metric().start();
    assertThat(same.error()).isNaN();
    same.add(truth, truth);
    assertThat(same.error()).isZero();
    assertThat(same.figures()).containsEntry("bin_accuracy", 1.0);
    Metric.Accumulator other = JOINT.metric().start();
    other.add(parse("{\"width\": 640, \"colour\": 0, \"letters\": 25}"), truth);
    assertThat(other.error()).isCloseTo((0 + 1 + 0.5 + 1) / 4, within(1e-9));
    assertThat(other.figures())
        .containsEntry("bin_accuracy", 0.25)
        .containsEntry("letters", 0.5)
        .containsEntry("beauty", 1.0)
        .containsEntry("width", 0.0)
        .containsEntry("width_accuracy", 1.0)
        .containsEntry("letters_accuracy", 0.0);
  }

  @Test
  void theConstantIsTheBestOfAllSingleAnswers() {
    List<Value> truths =
        new Random(3).ints(40, 0, 1000).<Value>mapToObj(FieldSequenceTest::random).toList();
    Value constant = JOINT.metric().constant(truths);
    assertThat(JOINT.value().violation(constant)).isEmpty();
    double least = error(constant, truths);
    for (Value candidate : truths) {
      assertThat(error(candidate, truths)).isGreaterThanOrEqualTo(least - 1e-9);
    }
  }

  @Test
  void showsATable() throws InvalidDataException {
    Value value = parse("{\"colour\": 45.3, \"width\": 640}");
    assertThat(JOINT.renderer().render(value))
        .isEqualTo(new Rendering.Words("width   640\ncolour  45.300"));
    assertThat(JOINT.renderer().render(parse("{}"))).isEqualTo(new Rendering.Words("nothing"));
  }

  @Test
  void everyBinStandsForANumberThatHasIt() {
    List<Bins> all =
        List.of(
            new Bins.Count(),
            new Bins.Steps(32),
            new Bins.Range(0, 0.25, 50),
            new Bins.Range(-3, 7, 2),
            new Bins.Thresholds(List.of(0.5)),
            new Bins.Thresholds(List.of(4.5, 5.5)));
    for (Bins bins : all) {
      for (int bin = 0; bin <= Bins.MAX_BIN; bin++) {
        int reachable = bins.bin(bins.value(bin));
        assertThat(bins.value(reachable)).as("%s %d", bins, bin).isEqualTo(bins.value(bin));
        assertThat(reachable).isLessThanOrEqualTo(bin);
      }
    }
  }

  private static double error(Value prediction, List<Value> truths) {
    Metric.Accumulator sum = JOINT.metric().start();
    truths.forEach(truth -> sum.add(prediction, truth));
    return sum.error();
  }

  private static double number(Value value, String field) {
    return ((Number) ((Map<?, ?>) ((Value.Structured) value).tree()).get(field)).doubleValue();
  }

  private static Value parse(String json) throws InvalidDataException {
    return JOINT.codec().decode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Value parseUnchecked(String json) {
    try {
      return parse(json);
    } catch (InvalidDataException e) {
      throw new AssertionError(json, e);
    }
  }

  private static Value random(int seed) {
    Random random = new Random(seed);
    Map<String, Object> object = new LinkedHashMap<>();
    if (random.nextInt(4) > 0) {
      object.put("colour", 200 * random.nextDouble() - 20);
    }
    if (random.nextInt(4) > 0) {
      object.put("width", (long) random.nextInt(5000));
    }
    if (random.nextInt(4) > 0) {
      object.put("letters", (long) random.nextInt(1200));
    }
    if (random.nextInt(4) > 0) {
      object.put("beauty", 10 * random.nextDouble());
    }
    return new Value.Structured(object);
  }
}
