package org.anymod.plugins.saminstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.anymod.media.BinaryMask;
import org.anymod.media.Box;
import org.anymod.media.NumberWord;
import org.anymod.media.Point;
import org.anymod.media.Polygon;
import org.anymod.spi.CodedText;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamInstanceModalityTest {
  private static final SamInstanceConfig PUBLISHED =
      config(7, SamInstanceConfig.PointOrder.RANDOM, false);
  private static final Modality SAM = new SamInstanceModality(PUBLISHED);
  private static final CodedText TEXT = (CodedText) SAM.representation();
  private static final InstanceFile FILE = new InstanceFile(1024);

  @Test
  void declaresASequenceOfText() {
    Declaration declaration =
        SAM.declare(new DeclarationRequest("sam_instance", 224, 16, OptionalInt.empty()));
    assertThat(declaration.kind()).isEqualTo(new Kind.TextSequence(290, 290));
    assertThat(declaration.id()).isEqualTo(1938);
    assertThat(TEXT.partCodes())
        .isEqualTo(new Kind.TokenGrid(4, 4, 1024, Kind.Positions.SINE_COSINE));
    assertThat(TEXT.partSide()).isEqualTo(64);
    assertThat(TEXT.coordinateBins()).isEqualTo(512);
    assertThat(TEXT.words()).containsExactly("point", "polygon", "none");
    assertThat(SAM.followsCrop()).isTrue();
  }

  @Test
  void tellsThePublishedExample() {
    Instance item =
        Instance.of(polygon(10, 20, 120, 20, 120, 200, 10, 200))
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
    InstanceText random = new InstanceText(PUBLISHED, FILE);
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
        new InstanceText(config(7, SamInstanceConfig.PointOrder.GRID, false), FILE)
            .queries(new Random(0));
    assertThat(grid).hasSize(49);
    assertThat(grid.stream().map(Point::x).distinct())
        .containsExactly(28.0, 56.0, 84.0, 112.0, 140.0, 168.0, 196.0);
  }

  @Test
  void instancesSurviveTheirFileAndTheirText() throws InvalidDataException {
    CodedText grid =
        (CodedText)
            new SamInstanceModality(config(31, SamInstanceConfig.PointOrder.GRID, false))
                .representation();
    for (int seed = 0; seed < 20; seed++) {
      Value value = coded(random(new Random(seed), 224), seed);
      assertThat(SAM.value().violation(value)).isEmpty();
      assertThat(SAM.codec().decode(SAM.codec().encode(value)))
          .as("seed %d", seed)
          .isEqualTo(value);
      Value read = grid.read(grid.write(value, new Random(seed)).get(0));
      assertThat(SAM.value().violation(read)).isEmpty();
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

  @Test
  void cropsMasksAsPicturesAreCropped() {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      Value whole = random(random, 200);
      Crop crop =
          new Crop(random.nextInt(60) - 10, random.nextInt(60), 112, 112, seed % 2 == 0, 200, 200);
      Value cropped = SAM.crop(whole, crop, 32);
      assertThat(SAM.value().violation(cropped)).isEmpty();
      List<BinaryMask> masks = FILE.of(cropped).masks();
      for (int i = 0; i < FILE.of(cropped).items().size(); i++) {
        BinaryMask mask = masks.get(i);
        assertThat(
                FILE.of(whole).items().stream()
                    .mapToDouble(item -> cropOf(item, crop).iou(mask))
                    .max()
                    .orElseThrow())
            .as("seed %d", seed)
            .isGreaterThan(0.97);
      }
    }
  }

  /** The pixels of an instance of a picture of 200 x 200 in a crop, looked up one by one. */
  private static BinaryMask cropOf(Instance item, Crop crop) {
    float[] pixels = new float[224 * 224];
    for (int i = 0; i < pixels.length; i++) {
      double x = (i % 224 + 0.5) / 2;
      double y = (i / 224 + 0.5) / 2;
      x = (crop.flip() ? 112 - x : x) + crop.left();
      pixels[i] = item.polygon().orElseThrow().contains(x, y + crop.top()) ? 1 : 0;
    }
    return BinaryMask.of(new Value.Raster(1, 224, 224, pixels), 0.5);
  }

  @Test
  void keepsCodesOnlyOfInstancesThatAreNeitherCutNorMirrored() {
    Value value =
        coded(
            InstanceFile.toValue(
                new Instances(
                    100,
                    100,
                    List.of(
                        Instance.of(polygon(30, 30, 50, 30, 50, 60)),
                        Instance.of(polygon(10, 30, 50, 30, 50, 60))))),
            1);
    Crop crop = new Crop(20, 20, 60, 60, false, 100, 100);
    assertThat(FILE.of(SAM.crop(value, crop, 64)).items())
        .extracting(item -> item.tokens().isPresent())
        .containsExactly(true, false);
    Crop mirrored = new Crop(20, 20, 60, 60, true, 100, 100);
    assertThat(TEXT.hasCodes(SAM.crop(value, mirrored, 64))).isFalse();
    assertThatThrownBy(() -> TEXT.codes(SAM.crop(value, mirrored, 64)))
        .hasMessageContaining("has no codes");
  }

  @Test
  void takesTheCropOfItsNumberWhereFilesHoldCrops() throws InvalidDataException {
    String entry =
        "{'instances': [{'polygon': [[0, 0], [%d, 0], [224, 224]], 'box': [0, 0, 224, 224],"
            + " 'tokens': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]}]}";
    Value value = parse("{'crops': [" + entry.formatted(50) + ", " + entry.formatted(60) + "]}");
    Crop crop = new Crop(3, 4, 50, 50, true, 480, 640, 1);
    Value cropped = SAM.crop(value, crop, 64);
    assertThat(FILE.of(cropped).width()).isEqualTo(224);
    assertThat(FILE.of(cropped).items().get(0).polygon().orElseThrow().points().get(1))
        .isEqualTo(new Point(60, 0));
    assertThat(TEXT.codes(cropped)[0]).containsExactly(IntStream.range(0, 16).toArray());
    assertThatThrownBy(() -> SAM.crop(value, crop.at(2), 64))
        .hasMessage("crop 2 is needed, but the file holds crops 0 to 1");
  }

  @Test
  void cutsDecodedMasksWhereNoPolygonIsKnown() {
    Box box = new Box(20, 20, 60, 60);
    BinaryMask left =
        BinaryMask.of(polygon(0, 0, 32, 0, 32, 64, 0, 64), Instance.SIDE, Instance.SIDE);
    Instance item = new Instance(box, Optional.empty(), Optional.of(left), Optional.empty());
    Value value = InstanceFile.toValue(new Instances(100, 100, List.of(item)));
    Value cropped = SAM.crop(value, new Crop(0, 0, 40, 40, true, 100, 100), 224);
    Instance cut = FILE.of(cropped).items().get(0);
    assertThat(cut.box()).isEqualTo(new Box(0, 112, 112, 224));
    assertThat(cut.mask().orElseThrow().count()).isEqualTo(64 * 64);
    Value codes =
        InstanceFile.toValue(
            new Instances(
                100,
                100,
                List.of(
                    new Instance(
                        box,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(IntStream.range(0, 16).boxed().toList())))));
    assertThatThrownBy(() -> SAM.crop(codes, new Crop(0, 0, 40, 40, true, 100, 100), 224))
        .hasMessageContaining("cannot be cut or mirrored");
  }

  @Test
  void stretchesMasksToTheirBox() {
    Value value =
        InstanceFile.toValue(
            new Instances(100, 100, List.of(Instance.of(polygon(10, 20, 50, 20, 10, 80)))));
    Value.Raster part = (Value.Raster) TEXT.parts(value).orElseThrow().get(0);
    assertThat(TEXT.part().violation(part)).isEmpty();
    assertThat(part.at(0, 0, 0)).isEqualTo(1);
    assertThat(part.at(0, 63, 63)).isZero();
    double covered = IntStream.range(0, 4096).mapToDouble(i -> part.data()[i]).sum() / 4096;
    assertThat(covered).isCloseTo(0.5, within(0.01));
    Value decoded = TEXT.withParts(coded(value, 3), List.of(part));
    assertThat(SAM.value().violation(decoded)).isEmpty();
    assertThat(FILE.of(decoded).masks().get(0).iou(FILE.of(value).masks().get(0)))
        .as("a decoded mask is where the outline was")
        .isGreaterThan(0.95);
  }

  @Test
  void joinsInstancesThatWereToldSeveralTimes() {
    BinaryMask triangle = BinaryMask.of(polygon(0, 0, 64, 0, 0, 64), 64, 64);
    BinaryMask full = BinaryMask.of(polygon(0, 0, 64, 0, 64, 64, 0, 64), 64, 64);
    List<Box> boxes =
        List.of(
            new Box(10, 10, 60, 60),
            new Box(11, 10, 60, 61),
            new Box(100, 10, 150, 60),
            new Box(0, 0, 20, 20),
            new Box(5, 100, 25, 120));
    List<Value> parts =
        List.of(
            triangle.toRaster(),
            triangle.toRaster(),
            triangle.toRaster(),
            BinaryMask.empty(64, 64).toRaster(),
            full.toRaster());
    Value told =
        InstanceFile.toValue(
            new Instances(
                224,
                224,
                boxes.stream()
                    .map(b -> new Instance(b, Optional.empty(), Optional.empty(), Optional.empty()))
                    .toList()));
    assertThat(FILE.of(TEXT.withParts(told, parts)).items())
        .extracting(Instance::box)
        .containsExactly(
            new Box(10.5, 10, 60, 60.5), new Box(100, 10, 150, 60), new Box(5, 100, 25, 120));
    CodedText published =
        (CodedText)
            new SamInstanceModality(config(7, SamInstanceConfig.PointOrder.RANDOM, true))
                .representation();
    assertThat(FILE.of(published.withParts(told, parts)).items()).hasSize(2);
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
    assertThat(SAM.value().violation(value)).isEmpty();
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
    byte[] file = SAM.codec().encode(coded(random(new Random(4), 99), 5));
    Random random = new Random(3);
    for (int round = 0; round < 1000; round++) {
      byte[] damaged =
          Arrays.copyOf(file, round % 3 == 0 ? random.nextInt(file.length) : file.length);
      for (int i = 0; i < 1 + random.nextInt(4) && damaged.length > 0; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) (' ' + random.nextInt(95));
      }
      try {
        Value value = SAM.codec().decode(damaged);
        assertThat(SAM.value().violation(value)).isEmpty();
        SAM.crop(value, Crop.centerSquare(99, 99), 64);
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
                    Instance.of(polygon(20, 20, 30, 20, 30, 30, 20, 30)),
                    Instance.of(polygon(10, 10, 60, 10, 60, 60, 10, 60)))));
    BufferedImage image = ((Rendering.Picture) SAM.renderer().render(value)).image();
    assertThat(image.getWidth()).isEqualTo(224);
    assertThat(image.getRGB(3, 3) & 0xFFFFFF).isZero();
    int large = image.getRGB(150, 150);
    int small = image.getRGB(88, 88);
    assertThat(large).isNotEqualTo(small).isNotEqualTo(image.getRGB(3, 3));
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    try (InputStream stream =
        SamInstanceModality.class.getClassLoader().getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(SamInstanceModality.class.getName());
    }
    assertThat(SAM.name()).isEqualTo("sam_instance").isEqualTo(SAM.source());
  }

  static SamInstanceConfig config(
      int points, SamInstanceConfig.PointOrder order, boolean published) {
    return new SamInstanceConfig(224, points, order, 0.0005, NumberWord.CODES, published);
  }

  static Value random(Random random, int side) {
    List<Instance> items = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      double x = (0.3 + 0.4 * random.nextDouble()) * side;
      double y = (0.3 + 0.4 * random.nextDouble()) * side;
      List<Point> points = new ArrayList<>();
      for (int corner = 0; corner < 8; corner++) {
        double radius = (0.1 + 0.15 * random.nextDouble()) * side;
        points.add(
            new Point(
                x + radius * Math.cos(corner * Math.PI / 4),
                y + radius * Math.sin(corner * Math.PI / 4)));
      }
      items.add(Instance.of(new Polygon(points)));
    }
    return InstanceFile.toValue(new Instances(side, side, items));
  }

  static Value coded(Value value, long seed) {
    Random random = new Random(seed);
    int count = FILE.of(value).items().size();
    return TEXT.withCodes(
        value,
        IntStream.range(0, count)
            .mapToObj(i -> random.ints(16, 0, 1024).toArray())
            .toArray(int[][]::new));
  }

  static Polygon polygon(double... numbers) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < numbers.length; i += 2) {
      points.add(new Point(numbers[i], numbers[i + 1]));
    }
    return new Polygon(points);
  }

  private static Value parse(String json) throws InvalidDataException {
    return SAM.codec().decode(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
