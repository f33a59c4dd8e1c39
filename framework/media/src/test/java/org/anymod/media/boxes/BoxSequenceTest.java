package org.anymod.media.boxes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.anymod.media.Box;
import org.anymod.media.Canvas;
import org.anymod.spi.Crop;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Modality;
import org.anymod.spi.Rendering;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoxSequenceTest {
  static final List<String> LABELS =
      List.of("cat", "cow", "cup", "dining table", "dog", "hot dog", "person", "tv");
  private static final Modality BOXES =
      new BoxSequence("boxes", 256, config(0.6, BoxRules.Order.DISTANCE, OptionalInt.empty()));
  private static final TextForm TEXT = (TextForm) BOXES.representation();
  private static final Value EXAMPLE =
      parse(
          "{'instances': ["
              + "{'boxes': [0.10, 0.20, 0.40, 0.90], 'class_name': 'person', 'score': 0.98},"
              + "{'boxes': [0.55, 0.50, 0.95, 0.95], 'class_name': 'dog', 'score': 0.87},"
              + "{'boxes': [0.02, 0.10, 0.11, 0.30], 'class_name': 'cup', 'score': 0.75},"
              + "{'boxes': [0.30, 0.30, 0.60, 0.60], 'class_name': 'tv', 'score': 0.59}]}");

  @ParameterizedTest
  @CsvSource({
    "false, v0=0 v1=200 v2=366 v3=899 person v0=566 v1=500 v2=999 v3=949 dog",
    "true, v0=0 v1=500 v2=433 v3=949 dog v0=633 v1=200 v2=999 v3=899 person"
  })
  void tellsTheCertainBoxesInsideACrop(boolean flip, String expected) {
    Value cropped = BOXES.crop(EXAMPLE, new Crop(0, 80, 480, 480, flip, 480, 640), 224);
    assertThat(BOXES.value().violation(cropped)).isEmpty();
    assertThat(TEXT.write(cropped, new Random(1))).containsExactly(expected);
  }

  @Test
  void boxesSurviveTheirFileAndTheirText() throws InvalidDataException {
    for (int seed = 0; seed < 100; seed++) {
      Value value = random(new Random(seed));
      assertThat(BOXES.value().violation(value)).isEmpty();
      assertThat(BOXES.codec().decode(BOXES.codec().encode(value)))
          .as("seed %d", seed)
          .isEqualTo(value);
      Value read = TEXT.read(TEXT.write(value, new Random(seed)).get(0));
      assertThat(BOXES.value().violation(read)).isEmpty();
      List<LabelledBox> truth = new ArrayList<>(boxes(value));
      truth.removeIf(detection -> detection.score() < 0.6);
      List<LabelledBox> found = boxes(read);
      assertThat(found).hasSameSizeAs(truth);
      for (LabelledBox detection : found) {
        assertThat(truth).anyMatch(other -> close(other, detection));
      }
      assertThat(TEXT.write(read, new Random(0)))
          .as("a second reading changes nothing")
          .isEqualTo(TEXT.write(TEXT.read(TEXT.write(read, new Random(0)).get(0)), new Random(0)));
    }
  }

  @Test
  void croppingIsTheSameBeforeAndAfterMirroring() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      Value value = random(random);
      Crop crop = new Crop(random.nextInt(40) - 5, random.nextInt(40) - 5, 80, 60, true, 100, 120);
      Crop plain = new Crop(crop.top(), crop.left(), 80, 60, false, 100, 120);
      List<LabelledBox> mirrored =
          boxes(BOXES.crop(value, plain, 64)).stream()
              .map(
                  d ->
                      d.with(
                          new Box(
                              1 - d.box().right(),
                              d.box().top(),
                              1 - d.box().left(),
                              d.box().bottom())))
              .toList();
      List<LabelledBox> flipped = boxes(BOXES.crop(value, crop, 64));
      assertThat(flipped).hasSameSizeAs(mirrored);
      for (int i = 0; i < flipped.size(); i++) {
        assertThat(flipped.get(i).box().iou(mirrored.get(i).box())).isCloseTo(1, within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | 0",
        "dog v0=1 v1=2 v2=3 v3=4 cat | 1",
        "v0=1 v1=2 v2=3 v3=4 CAT and some more [PAD] | 1",
        "v0=1 v1=2 v2=3 v3=4 | 0",
        "v0=1 v1=2 v2=3 dog | 0",
        "v0=1 v1=2 v2=3 v3=4 unicorn | 0",
        "v0=9 v1=2 v2=3 v3=4 dog | 0",
        "v0=1 v1=2 v2=3 v3=4 dog v1=5 v0=1 v1=2 v2=3 v3=4 hot dog | 1",
        "v0=1 v1=2 v2=3 v3=4000 dog v0= v1 = [EOS] | 0",
      })
  void readsWhateverAModelSays(String text, int count) {
    assertThat(boxes(TEXT.read(text))).hasSize(count);
    assertThat(BOXES.value().violation(TEXT.read(text))).isEmpty();
  }

  @Test
  void readsNamesOfSeveralWords() {
    assertThat(boxes(TEXT.read("v0=0 v1=0 v2=999 v3=999 dining table")))
        .containsExactly(new LabelledBox(new Box(0, 0, 1, 1), "dining table", 1));
  }

  @Test
  void tellsBoxesInTheOrderAskedFor() {
    Value value =
        parse(
            "{'instances': ["
                + "{'boxes': [0.5, 0.5, 0.6, 0.6], 'class_name': 'cat', 'score': 0.9},"
                + "{'boxes': [0.2, 0.2, 0.9, 0.9], 'class_name': 'dog', 'score': 0.7},"
                + "{'boxes': [0.0, 0.0, 0.3, 0.3], 'class_name': 'cow', 'score': 0.8}]}");
    assertThat(classes(value, BoxRules.Order.DISTANCE, OptionalInt.empty(), 0))
        .isEqualTo("cow dog cat");
    assertThat(classes(value, BoxRules.Order.AREA, OptionalInt.empty(), 0))
        .isEqualTo("dog cow cat");
    assertThat(classes(value, BoxRules.Order.SCORE, OptionalInt.empty(), 0))
        .isEqualTo("cat cow dog");
    assertThat(classes(value, BoxRules.Order.DISTANCE, OptionalInt.of(2), 0)).isEqualTo("cow cat");
    Set<String> orders = new HashSet<>();
    for (int seed = 0; seed < 100; seed++) {
      orders.add(classes(value, BoxRules.Order.RANDOM, OptionalInt.empty(), seed * 7919));
    }
    assertThat(orders).hasSize(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | the document is [], must be an object",
        "{} | has no entry 'instances'",
        "{'instances': [{'class_name': 'dog'}]} | instances[0] has no entry 'boxes'",
        "{'instances': [{'boxes': [0, 0, 1], 'class_name': 'dog'}]} | a list of 4 elements",
        "{'instances': [{'boxes': [0, 0, 1, 2], 'class_name': 'dog'}]} | boxes[3] is 2, must be a",
        "{'instances': [{'boxes': [1, 0, 0, 1], 'class_name': 'dog'}]} | xmin <= xmax",
        "{'instances': [{'boxes': [0, 0, 1, 1], 'class_name': 'elk'}]} | \"elk\", must be one of",
        "{'instances': [{'boxes': [0, 0, 1, 1], 'class_name': 7}]} | is 7, must be a text",
        "{'instances': [{'boxes': [0, 0, 1, 1], 'class_name': 'dog', 'score': 2}]} | from 0.0 to 1",
        "{'instances': [{'boxes' | line 1",
      })
  void refusesOtherDocuments(String file, String message) {
    byte[] bytes = file.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> BOXES.codec().decode(bytes))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void damagedFilesAreRefusedAndNothingWorse() {
    byte[] file = BOXES.codec().encode(EXAMPLE);
    Random random = new Random(3);
    for (int round = 0; round < 3000; round++) {
      byte[] damaged =
          Arrays.copyOf(file, round % 3 == 0 ? random.nextInt(file.length) : file.length);
      for (int i = 0; i < 1 + random.nextInt(4) && damaged.length > 0; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        Value value = BOXES.codec().decode(damaged);
        assertThat(BOXES.value().violation(value)).isEmpty();
      } catch (InvalidDataException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void drawsCertainBoxesOnWhiteOrOverAPicture() {
    BufferedImage image = ((Rendering.Picture) BOXES.renderer().render(EXAMPLE)).image();
    assertThat(image.getWidth()).isEqualTo(224);
    assertThat(image.getRGB(22, 150) & 0xFFFFFF).isNotEqualTo(0xFFFFFF);
    assertThat(image.getRGB(100, 100) & 0xFFFFFF).as("inside").isEqualTo(0xFFFFFF);
    assertThat(image.getRGB(134, 100) & 0xFFFFFF).as("uncertain tv").isEqualTo(0xFFFFFF);
    Canvas canvas = Canvas.white(50, 100);
    new BoxRenderer(
            new LabelledBoxes("boxes", config(0.6, BoxRules.Order.AREA, OptionalInt.empty())),
            LABELS)
        .draw(EXAMPLE, canvas);
    assertThat(canvas.image().getRGB(10, 30) & 0xFFFFFF).isNotEqualTo(0xFFFFFF);
  }

  @Test
  void refusesLabelsThatCannotBeTold() {
    assertThatThrownBy(() -> labels("dog", "Dog")).hasMessageContaining("'Dog' twice");
    assertThatThrownBy(() -> labels("v0=1")).hasMessageContaining("no '='");
    assertThatThrownBy(() -> labels("a  b")).hasMessageContaining("single blanks");
    assertThatThrownBy(() -> labels()).hasMessageContaining("must have 1 to 2000");
  }

  private static boolean close(LabelledBox a, LabelledBox b) {
    double half = 0.5001 / 999;
    return a.label().equals(b.label())
        && Math.abs(a.box().left() - b.box().left()) <= half
        && Math.abs(a.box().top() - b.box().top()) <= half
        && Math.abs(a.box().right() - b.box().right()) <= half
        && Math.abs(a.box().bottom() - b.box().bottom()) <= half;
  }

  private static String classes(Value value, BoxRules.Order order, OptionalInt max, int seed) {
    TextForm text =
        (TextForm) new BoxSequence("boxes", 256, config(0.6, order, max)).representation();
    return text.write(value, new Random(seed)).get(0).replaceAll("v[0-3]=\\d+ ", "");
  }

  static List<LabelledBox> boxes(Value value) {
    return new LabelledBoxes("boxes", config(0, BoxRules.Order.DISTANCE, OptionalInt.empty()))
        .of(value);
  }

  static Value random(Random random) {
    List<LabelledBox> detections = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      double left = random.nextDouble();
      double top = random.nextDouble();
      Box box =
          new Box(
              left,
              top,
              left + (1 - left) * random.nextDouble(),
              top + (1 - top) * random.nextDouble());
      detections.add(
          new LabelledBox(box, LABELS.get(random.nextInt(LABELS.size())), random.nextDouble()));
    }
    return LabelledBoxes.toValue(detections);
  }

  static BoxRules config(double threshold, BoxRules.Order order, OptionalInt max) {
    return new BoxRules(LABELS, threshold, 0, order, max);
  }

  private static BoxRules labels(String... labels) {
    return new BoxRules(List.of(labels), 0.6, 0, BoxRules.Order.DISTANCE, OptionalInt.empty());
  }

  private static Value parse(String json) {
    try {
      return BOXES.codec().decode(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    } catch (InvalidDataException e) {
      throw new AssertionError(json, e);
    }
  }
}
