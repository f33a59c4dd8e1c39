package org.anymod.media.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.anymod.media.Point;
import org.anymod.spi.CodedText;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;
import org.anymod.spi.Rendering;
import org.anymod.spi.TextPrompt;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceSequenceTest {
  private static final InstanceRules PUBLISHED = RandomInstances.RULES;
  private static final Modality INSTANCES = new InstanceSequence("instances", 290, null, PUBLISHED);
  private static final CodedText TEXT = (CodedText) INSTANCES.representation();
  private static final InstanceFile FILE = RandomInstances.FILE;

  @Test
  void declaresASequenceOfText() {
    Declaration declaration =
        INSTANCES.declare(new DeclarationRequest("instances", 224, 16, OptionalInt.empty()));
    assertThat(declaration.kind()).isEqualTo(new Kind.TextSequence(290, 290));
    assertThat(TEXT.partCodes())
        .isEqualTo(new Kind.TokenGrid(4, 4, 1024, Kind.Positions.SINE_COSINE));
    assertThat(TEXT.partSide()).isEqualTo(64);
    assertThat(TEXT.coordinateBins()).isEqualTo(512);
    assertThat(TEXT.words()).containsExactly("point", "polygon", "none");
    assertThat(INSTANCES.followsCrop()).isTrue();
  }

  @Test
  void asksForEachMaskByItsBox() {
    Value truth =
        InstanceFile.toValue(
            new Instances(
                448,
                448,
                List.of(
                    Instance.of(RandomInstances.polygon(20, 40, 240, 40, 240, 400, 20, 400)),
                    Instance.of(RandomInstances.polygon(0, 0, 100, 0, 100, 200, 0, 200)))));
    List<TextPrompt> prompts = TEXT.prompts(truth);
    assertThat(prompts)
        .extracting(TextPrompt::before)
        .containsExactly(
            "point v0=110 v1=65 polygon v0=10 v1=20 v2=120 v3=200",
            "point v0=50 v1=25 polygon v0=0 v1=0 v2=50 v3=100");
    assertThat(prompts).extracting(TextPrompt::after).containsOnly("");
    assertThat(FILE.of(prompts.get(1).answer()).items()).hasSize(1);
    String codes = " v0=1".repeat(Instance.CODES);
    assertThat(FILE.of(TEXT.read(prompts.get(1).before() + codes)).items()).hasSize(1);
    assertThat(TEXT.prompts(InstanceFile.toValue(new Instances(8, 8, List.of())))).isEmpty();
  }

  @Test
  void tellsThePublishedExample() {
    Instance item =
        Instance.of(RandomInstances.polygon(10, 20, 120, 20, 120, 200, 10, 200))
            .withTokens(
                Optional.of(List.of(3, 511, 512, 1023, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 600)));
    assertThat(InstanceText.words(new Point(37, 112), List.of(item)))
        .isEqualTo(
            "point v0=112 v1=37 polygon v0=10 v1=20 v2=120 v3=200 v0=3 v0=511 v1=0 v1=511 v0=0"
                + " v0=1 v0=2 v0=3 v0=4 v0=5 v0=6 v0=7 v0=8 v0=9 v0=10 v1=88");
    assertThat(InstanceText.words(new Point(220, 5), List.of()))
        .isEqualTo("point v0=5 v1=220 none");
  }

  @Test
  void asksAtRandomPointsOrOnTheGrid() {
    InstanceText random = new InstanceText(PUBLISHED, FILE, null);
    Set<List<Point>> drawn = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      List<Point> points = random.queries(new Random(seed * 7919L));
      assertThat(points).hasSizeBetween(6, 7).doesNotHaveDuplicates();
      assertThat(points).allMatch(p -> p.x() >= 0 && p.x() < 224 && p.y() >= 0 && p.y() < 224);
      assertThat(random.queries(new Random(seed * 7919L))).isEqualTo(points);
      drawn.add(points);
    }
    assertThat(drawn).hasSizeGreaterThan(45);
    List<Point> grid =
        new InstanceText(RandomInstances.rules(7, InstanceRules.PointOrder.GRID, false), FILE, null)
            .queries(new Random(0));
    assertThat(grid).hasSize(49);
    assertThat(grid.stream().map(Point::x).distinct())
        .containsExactly(28.0, 56.0, 84.0, 112.0, 140.0, 168.0, 196.0);
  }

  @Test
  void instancesSurviveTheirFileAndTheirText() throws InvalidDataException {
    CodedText grid =
        (CodedText)
            new InstanceSequence(
                    "instances",
                    290,
                    null,
                    RandomInstances.rules(31, InstanceRules.PointOrder.GRID, false))
                .representation();
    for (int seed = 0; seed < 20; seed++) {
      Value value = RandomInstances.coded(RandomInstances.random(new Random(seed), 224), seed);
      assertThat(INSTANCES.value().violation(value)).isEmpty();
      assertThat(INSTANCES.codec().decode(INSTANCES.codec().encode(value)))
          .as("seed %d", seed)
          .isEqualTo(value);
      Value read = grid.read(grid.write(value, new Random(seed)).get(0));
      assertThat(INSTANCES.value().violation(read)).isEmpty();
      for (Instance item : FILE.of(read).items()) {
        assertThat(FILE.of(value).items())
            .as("seed %d", seed)
            .anyMatch(
                truth ->
                    truth.tokens().equals(item.tokens())
                        && Math.abs(truth.box().left() - item.box().left()) <= 0.5
                        && Math.abs(truth.box().bottom() - item.box().bottom()) <= 0.5);
      }
      assertThat(FILE.of(read).items()).isNotEmpty().doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | 0",
        "point v0=1 v1=2 none | 0",
        "polygon v0=1 v1=2 v2=3 v3=4 C | 1",
        "point v0=1 v1=2 polygon v0=1 v1=2 v2=3 v3=4 C polygon v0=1 v1=2 v2=9 v3=4 C [EOS] | 1",
        "point point v0=1 v1=2 polygon v0=1 v1=2 v2=3 v3=4 C polygon v0=1 v1=2 v2=3 v3=4 C | 1",
        "polygon v0=1 v1=2 v2=3 v3=4 C v0=1 | 0",
        "polygon v0=3 v1=2 v2=3 v3=4 C | 0",
        "polygon v0=300 v1=2 v2=400 v3=4 C | 0",
        "polygon v0=200 v1=2 v2=400 v3=4 C | 1",
        "polygon v0=1 v1=2 v2=3 v3=4 v0=512 D | 0",
        "polygon v0=1 v1=2 v2=3 dog C v0=1 | 0",
      })
  void readsWhateverAModelSays(String text, int count) {
    String codes = " v0=5".repeat(15).strip();
    Value value = TEXT.read(text.replace("C", codes + " v1=5").replace("D", codes));
    assertThat(FILE.of(value).items()).hasSize(count);
    assertThat(INSTANCES.value().violation(value)).isEmpty();
    assertThat(TEXT.hasCodes(value)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | must be an object",
        "{'width': 5, 'instances': []} | no entry 'height'",
        "{'width': 0, 'height': 5, 'instances': []} | width is 0, must be a whole number from 1",
        "{'width': 9, 'height': 9, 'instances': [{}]} | 'polygon' or a 'box'",
        "{'width': 9, 'height': 9, 'instances': [{'polygon': []}]} | a list of 1 to",
        "{'width': 9, 'height': 9, 'instances': [{'polygon': [[1, 10]]}]} | polygon[0][1] is 10",
        "{'width': 9, 'height': 9, 'instances': [{'box': [5, 0, 4, 9]}]} | ymin <= ymax",
        "{'width': 9, 'height': 9, 'instances': [{'box': [0, 0, 4, 9], 'tokens': [1]}]} | 16",
        "{'width': 9, 'height': 9, 'instances': [{'box': [0, 0, 4, 9], 'mask': [5]}]} | 4096",
        "{'width': 9, 'height': 9, 'instances': [{'box': [0, 0, 4, 9], 'mask': [5000]}]} | 4096",
        "{'crops': []} | crops is [], must be a list of 1 to",
        "{'crops': [{'instances': [{'polygon': [[1, 225]]}]}]} | crops[0].instances[0].polygon[0]",
      })
  void refusesOtherDocuments(String file, String message) {
    assertThatThrownBy(() -> parse(file))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void damagedFilesAreRefusedAndNothingWorse() {
    byte[] file =
        INSTANCES
            .codec()
            .encode(RandomInstances.coded(RandomInstances.random(new Random(4), 99), 5));
    Random random = new Random(3);
    for (int round = 0; round < 1000; round++) {
      byte[] damaged =
          Arrays.copyOf(file, round % 3 == 0 ? random.nextInt(file.length) : file.length);
      for (int i = 0; i < 1 + random.nextInt(4) && damaged.length > 0; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) (' ' + random.nextInt(95));
      }
      try {
        Value value = INSTANCES.codec().decode(damaged);
        assertThat(INSTANCES.value().violation(value)).isEmpty();
        INSTANCES.crop(value, Crop.centerSquare(99, 99), 64);
      } catch (InvalidDataException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void paintsSmallInstancesOverLargeOnes() {
    Value value =
        InstanceFile.toValue(
            new Instances(
                64,
                64,
                List.of(
                    Instance.of(RandomInstances.polygon(20, 20, 30, 20, 30, 30, 20, 30)),
                    Instance.of(RandomInstances.polygon(10, 10, 60, 10, 60, 60, 10, 60)))));
    BufferedImage image = ((Rendering.Picture) INSTANCES.renderer().render(value)).image();
    assertThat(image.getWidth()).isEqualTo(224);
    assertThat(image.getRGB(3, 3) & 0xFFFFFF).isZero();
    int large = image.getRGB(150, 150);
    int small = image.getRGB(88, 88);
    assertThat(large).isNotEqualTo(small).isNotEqualTo(image.getRGB(3, 3));
  }

  private static Value parse(String json) throws InvalidDataException {
    return INSTANCES.codec().decode(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
