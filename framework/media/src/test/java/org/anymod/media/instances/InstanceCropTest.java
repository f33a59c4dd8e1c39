package org.anymod.media.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.anymod.media.BinaryMask;
import org.anymod.media.Box;
import org.anymod.media.Point;
import org.anymod.spi.CodedText;
import org.anymod.spi.Crop;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

/** Crops of instances, and masks in their boxes. */
class InstanceCropTest {
  private static final Modality INSTANCES =
      new InstanceSequence("instances", 290, null, RandomInstances.RULES);
  private static final CodedText TEXT = (CodedText) INSTANCES.representation();
  private static final InstanceFile FILE = RandomInstances.FILE;

  @Test
  void cropsMasksAsPicturesAreCropped() {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      Value whole = RandomInstances.random(random, 200);
      Crop crop =
          new Crop(random.nextInt(60) - 10, random.nextInt(60), 112, 112, seed % 2 == 0, 200, 200);
      Value cropped = INSTANCES.crop(whole, crop, 32);
      assertThat(INSTANCES.value().violation(cropped)).isEmpty();
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
        RandomInstances.coded(
            InstanceFile.toValue(
                new Instances(
                    100,
                    100,
                    List.of(
                        Instance.of(RandomInstances.polygon(30, 30, 50, 30, 50, 60)),
                        Instance.of(RandomInstances.polygon(10, 30, 50, 30, 50, 60))))),
            1);
    Crop crop = new Crop(20, 20, 60, 60, false, 100, 100);
    assertThat(FILE.of(INSTANCES.crop(value, crop, 64)).items())
        .extracting(item -> item.tokens().isPresent())
        .containsExactly(true, false);
    Crop mirrored = new Crop(20, 20, 60, 60, true, 100, 100);
    assertThat(TEXT.hasCodes(INSTANCES.crop(value, mirrored, 64))).isFalse();
    assertThatThrownBy(() -> TEXT.codes(INSTANCES.crop(value, mirrored, 64)))
        .hasMessageContaining("has no codes");
  }

  @Test
  void takesTheCropOfItsNumberWhereFilesHoldCrops() throws InvalidDataException {
    String entry =
        "{'instances': [{'polygon': [[0, 0], [%d, 0], [224, 224]], 'box': [0, 0, 224, 224],"
            + " 'tokens': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]}]}";
    Value value = parse("{'crops': [" + entry.formatted(50) + ", " + entry.formatted(60) + "]}");
    Crop crop = new Crop(3, 4, 50, 50, true, 480, 640, 1);
    Value cropped = INSTANCES.crop(value, crop, 64);
    assertThat(FILE.of(cropped).width()).isEqualTo(224);
    assertThat(FILE.of(cropped).items().get(0).polygon().orElseThrow().points().get(1))
        .isEqualTo(new Point(60, 0));
    assertThat(TEXT.codes(cropped)[0]).containsExactly(IntStream.range(0, 16).toArray());
    assertThatThrownBy(() -> INSTANCES.crop(value, crop.at(2), 64))
        .hasMessage("crop 2 is needed, but the file holds crops 0 to 1");
  }

  @Test
  void cutsDecodedMasksWhereNoPolygonIsKnown() {
    Box box = new Box(20, 20, 60, 60);
    BinaryMask left =
        BinaryMask.of(
            RandomInstances.polygon(0, 0, 32, 0, 32, 64, 0, 64), Instance.SIDE, Instance.SIDE);
    Instance item = new Instance(box, Optional.empty(), Optional.of(left), Optional.empty());
    Value value = InstanceFile.toValue(new Instances(100, 100, List.of(item)));
    Value cropped = INSTANCES.crop(value, new Crop(0, 0, 40, 40, true, 100, 100), 224);
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
    assertThatThrownBy(() -> INSTANCES.crop(codes, new Crop(0, 0, 40, 40, true, 100, 100), 224))
        .hasMessageContaining("cannot be cut or mirrored");
  }

  @Test
  void stretchesMasksToTheirBox() {
    Value value =
        InstanceFile.toValue(
            new Instances(
                100, 100, List.of(Instance.of(RandomInstances.polygon(10, 20, 50, 20, 10, 80)))));
    Value.Raster part = (Value.Raster) TEXT.parts(value).orElseThrow().get(0);
    assertThat(TEXT.part().violation(part)).isEmpty();
    assertThat(part.at(0, 0, 0)).isEqualTo(1);
    assertThat(part.at(0, 63, 63)).isZero();
    double covered = IntStream.range(0, 4096).mapToDouble(i -> part.data()[i]).sum() / 4096;
    assertThat(covered).isCloseTo(0.5, within(0.01));
    Value decoded = TEXT.withParts(RandomInstances.coded(value, 3), List.of(part));
    assertThat(INSTANCES.value().violation(decoded)).isEmpty();
    assertThat(FILE.of(decoded).masks().get(0).iou(FILE.of(value).masks().get(0)))
        .as("a decoded mask is where the outline was")
        .isGreaterThan(0.95);
  }

  @Test
  void joinsInstancesThatWereToldSeveralTimes() {
    BinaryMask triangle = BinaryMask.of(RandomInstances.polygon(0, 0, 64, 0, 0, 64), 64, 64);
    BinaryMask full = BinaryMask.of(RandomInstances.polygon(0, 0, 64, 0, 64, 64, 0, 64), 64, 64);
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
            new InstanceSequence(
                    "instances",
                    290,
                    null,
                    RandomInstances.rules(7, InstanceRules.PointOrder.RANDOM, true))
                .representation();
    assertThat(FILE.of(published.withParts(told, parts)).items()).hasSize(2);
  }

  private static Value parse(String json) throws InvalidDataException {
    return INSTANCES.codec().decode(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
