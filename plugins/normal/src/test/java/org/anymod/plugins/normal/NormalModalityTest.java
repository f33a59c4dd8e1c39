package org.anymod.plugins.normal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.anymod.media.Cropping;
import org.anymod.media.Pictures;
import org.anymod.media.Resampling;
import org.anymod.media.directions.DirectionCodec;
import org.anymod.media.directions.Directions;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Labeler;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Rendering;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.Value;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;
import org.junit.jupiter.api.Test;

class NormalModalityTest {
  private static final Modality NORMAL =
      new NormalModality(new NormalConfig(true, TorchScriptSettings.none()));
  private static final Modality PUBLISHED =
      new NormalModality(new NormalConfig(false, TorchScriptSettings.none()));

  @Test
  void asksANetworkOnlyWhereThereIsOne() {
    assertThat(NORMAL.labelers()).isEmpty();
    TorchScriptSettings network = TorchScriptSettings.of(Path.of("no-such-network.pt"));
    Labeler labeler = new NormalModality(new NormalConfig(true, network)).labelers().get(0);
    assertThat(labeler.from()).containsExactly("rgb");
    Value.Raster picture = new Value.Raster(3, 4, 4, new float[48]);
    assertThatThrownBy(() -> labeler.label(Map.of("rgb", picture)))
        .hasMessageContaining("no-such-network.pt: no such file");
  }

  @Test
  void declaresAGridOfTokens() {
    Declaration declaration =
        NORMAL.declare(new DeclarationRequest("tok_normal@224", 224, 16, OptionalInt.empty()));
    assertThat(declaration.kind())
        .isEqualTo(new Kind.TokenGrid(14, 14, 8192, Kind.Positions.SINE_COSINE));
    assertThat(declaration.isInput() && declaration.isOutput()).isTrue();
    assertThat(declaration.id()).isEqualTo(16656);
    assertThat(NORMAL.representation()).isInstanceOf(TokenizerFactory.class);
  }

  @Test
  void levelsStandForMinusOneToOne() throws InvalidDataException {
    Value.Raster picture = new Value.Raster(3, 1, 1, new float[] {0, 1, 128 / 255f});
    Value.Raster normals = (Value.Raster) NORMAL.codec().decode(Pictures.encodePng(picture, 8));
    assertThat(normals.data()[0]).isEqualTo(-1);
    assertThat(normals.data()[1]).isEqualTo(1);
    assertThat(normals.data()[2]).isCloseTo(1 / 255f, within(1e-6f));
  }

  @Test
  void mapsSurviveTheirFileToWithinALevel() throws InvalidDataException {
    for (int seed = 0; seed < 20; seed++) {
      Value.Raster map = sphere(seed, 1 + seed, 20);
      Value.Raster back = (Value.Raster) NORMAL.codec().decode(NORMAL.codec().encode(map));
      assertThat(NORMAL.value().violation(back)).isEmpty();
      for (int i = 0; i < map.data().length; i++) {
        assertThat(back.data()[i]).isCloseTo(map.data()[i], within(1.001f / 255));
      }
      Value again = NORMAL.codec().decode(NORMAL.codec().encode(back));
      assertThat(((Value.Raster) again).data()).as("seed %d", seed).containsExactly(back.data());
    }
  }

  @Test
  void damagedFilesAreRefusedOrStillFit() {
    byte[] good = NORMAL.codec().encode(sphere(1, 6, 6));
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      byte[] bad = Arrays.copyOf(good, good.length - random.nextInt(2) * random.nextInt(50));
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(NORMAL.value().violation(NORMAL.codec().decode(bad))).isEmpty();
      } catch (InvalidDataException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void mirroringTurnsXAround() {
    Value.Raster map = sphere(2, 8, 8);
    for (Modality modality : List.of(NORMAL, PUBLISHED)) {
      Value.Raster plain = crop(modality, map, new Crop(0, 0, 8, 8, false, 8, 8), 8);
      Value.Raster flipped = crop(modality, map, new Crop(0, 0, 8, 8, true, 8, 8), 8);
      for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 8; x++) {
          assertThat(flipped.at(0, y, x)).isEqualTo(-plain.at(0, y, 7 - x));
          assertThat(flipped.at(1, y, x)).isEqualTo(plain.at(1, y, 7 - x));
          assertThat(flipped.at(2, y, x)).isEqualTo(plain.at(2, y, 7 - x));
        }
      }
    }
  }

  @Test
  void normalsHaveLengthOneAfterResizing() {
    Value.Raster map = sphere(3, 16, 16);
    float[] before = map.data().clone();
    Value.Raster small = crop(NORMAL, map, new Crop(1, 2, 9, 9, true, 16, 16), 5);
    assertThat(NORMAL.value().violation(small)).isEmpty();
    for (int i = 0; i < 25; i++) {
      assertThat(Directions.length(small, i)).isCloseTo(1, within(1e-5));
    }
    crop(NORMAL, map, new Crop(0, 0, 16, 16, true, 16, 16), 16);
    crop(PUBLISHED, map, new Crop(0, 0, 16, 16, true, 16, 16), 16);
    assertThat(map.data()).containsExactly(before);
  }

  @Test
  void placesOutsideThePictureHaveNoNormal() {
    Value.Raster map = new Value.Raster(3, 4, 4, new float[48]);
    Arrays.fill(map.data(), 32, 48, 1);
    Value.Raster wide = crop(NORMAL, map, new Crop(-4, 0, 8, 4, false, 4, 4), 8);
    assertThat(wide.at(2, 0, 3)).isZero();
    assertThat(wide.at(2, 7, 3)).isCloseTo(1, within(1e-6f));
  }

  @Test
  void asPublishedCropsAreThoseOfThePicture() throws InvalidDataException {
    Value.Raster map =
        (Value.Raster) PUBLISHED.codec().decode(PUBLISHED.codec().encode(sphere(4, 16, 16)));
    Crop crop = new Crop(-2, 3, 9, 9, true, 16, 16);
    Value.Raster picture =
        Cropping.crop(DirectionCodec.toPicture(map), crop, 6, Resampling.BICUBIC_8BIT);
    Value.Raster cropped = crop(PUBLISHED, map, crop, 6);
    for (int i = 0; i < 36; i++) {
      int red = 255 - Math.round(255 * picture.data()[i]);
      assertThat(cropped.data()[i]).isCloseTo((red / 255f - 0.5f) / 0.5f, within(1e-6f));
      assertThat(cropped.data()[36 + i]).isCloseTo(2 * picture.data()[36 + i] - 1, within(1e-6f));
    }
  }

  @Test
  void measuresAngles() {
    Metric.Accumulator sum = NORMAL.metric().start();
    assertThat(sum.error()).isNaN();
    float tilt = (float) Math.toRadians(20);
    // Places: right, 20 degrees off, nothing predicted, nothing true.
    Value.Raster truth =
        new Value.Raster(3, 1, 4, new float[] {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0});
    Value.Raster predicted =
        new Value.Raster(
            3,
            1,
            4,
            new float[] {
              0, (float) Math.sin(tilt), 0, 1, 0, 0, 0, 0, 0.5f, (float) Math.cos(tilt), 0, 0
            });
    sum.add(predicted, truth);
    assertThat(sum.error()).isCloseTo((0 + 20 + 90) / 3.0, within(1e-4));
    assertThat(sum.figures().keySet())
        .containsExactly("mean_angle", "median_angle", "within_11_25", "within_22_5", "within_30");
    assertThat(sum.figures())
        .containsEntry("median_angle", 20.0)
        .containsEntry("within_11_25", 1 / 3.0)
        .containsEntry("within_22_5", 2 / 3.0)
        .containsEntry("within_30", 2 / 3.0);
  }

  @Test
  void perfectPredictionsHaveNoError() {
    Metric.Accumulator sum = NORMAL.metric().start();
    Value.Raster map = sphere(5, 10, 10);
    sum.add(map, map);
    assertThat(sum.error()).isCloseTo(0, within(0.05));
    assertThat(sum.figures()).containsEntry("within_11_25", 1.0);
  }

  @Test
  void theConstantIsTheMeanDirectionOfEachPlace() {
    Value.Raster left = new Value.Raster(3, 1, 1, new float[] {-0.6f, 0, 0.8f});
    Value.Raster right = new Value.Raster(3, 1, 1, new float[] {0.6f, 0, 0.8f});
    Value.Raster constant = (Value.Raster) NORMAL.metric().constant(List.of(left, right));
    assertThat(constant.data()[2]).isCloseTo(1, within(1e-6f));
    assertThat(NORMAL.value().violation(constant)).isEmpty();
    assertThatThrownBy(() -> NORMAL.metric().constant(List.of(left, sphere(0, 2, 2))))
        .hasMessage("the map of directions is 3 x 2 x 2, must be 3 x 1 x 1");
  }

  @Test
  void showsThePictureOfTheFile() {
    Value.Raster up = new Value.Raster(3, 1, 1, new float[] {0, 1, -1});
    BufferedImage image = ((Rendering.Picture) NORMAL.renderer().render(up)).image();
    assertThat(image.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0x80FF00);
  }

  @Test
  void settingsKeepTheirNamesAndDefaults() {
    assertThat(NormalConfig.class.getAnnotation(ConfigSection.class).value()).isEqualTo("normal");
    assertThat(NormalConfig.class.getRecordComponents())
        .extracting(c -> c.getName() + "=" + c.getAnnotation(Setting.class).defaultValue())
        .containsExactly("renormalise=true", "network=");
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    try (InputStream stream = NormalModality.class.getClassLoader().getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(NormalModality.class.getName());
    }
    assertThat(NORMAL.name()).isEqualTo("tok_normal");
    assertThat(NORMAL.source()).isEqualTo("normal");
  }

  private static Value.Raster crop(Modality modality, Value.Raster map, Crop crop, int size) {
    return (Value.Raster) modality.crop(map, crop, size);
  }

  /** Smooth unit normals that face the viewer. */
  private static Value.Raster sphere(int seed, int height, int width) {
    double shift = new Random(seed).nextDouble();
    float[] data = new float[3 * height * width];
    for (int i = 0; i < height * width; i++) {
      double x = (i % width + shift) / width * 1.2 - 0.6;
      double y = (i / width + shift) / height * 1.2 - 0.6;
      data[i] = (float) x;
      data[height * width + i] = (float) y;
      data[2 * height * width + i] = (float) Math.sqrt(Math.max(0, 1 - x * x - y * y));
    }
    Value.Raster map = new Value.Raster(3, height, width, data);
    Directions.normalise(map);
    return map;
  }
}
