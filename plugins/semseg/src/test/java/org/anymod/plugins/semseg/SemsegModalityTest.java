package org.anymod.plugins.semseg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.anymod.media.ColorMaps;
import org.anymod.media.Pictures;
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

class SemsegModalityTest {
  private static final List<String> LABELS = List.of("road", "car", "tree", "void");
  private static final Modality SEMSEG =
      new SemsegModality(new SemsegConfig(LABELS, OptionalInt.of(3), TorchScriptSettings.none()));

  @Test
  void declaresAGridOfTokens() {
    Declaration declaration =
        SEMSEG.declare(new DeclarationRequest("tok_semseg@224", 224, 16, OptionalInt.empty()));
    assertThat(declaration.kind())
        .isEqualTo(new Kind.TokenGrid(14, 14, 4096, Kind.Positions.SINE_COSINE));
    assertThat(declaration.isInput() && declaration.isOutput()).isTrue();
    assertThat(declaration.id()).isEqualTo(12515);
    assertThat(SEMSEG.representation()).isInstanceOf(TokenizerFactory.class);
  }

  @Test
  void mapsSurviveTheirFile() throws InvalidDataException {
    for (int seed = 0; seed < 20; seed++) {
      Value.ClassMap map = map(seed);
      Value back = SEMSEG.codec().decode(SEMSEG.codec().encode(map));
      assertThat(((Value.ClassMap) back).data()).as("seed %d", seed).containsExactly(map.data());
      assertThat(SEMSEG.value().violation(back)).isEmpty();
    }
  }

  @Test
  void refusesUnknownClassesAndColourPictures() {
    byte[] unknown = Pictures.encodePng(new Value.ClassMap(1, 2, new int[] {0, 4}));
    assertThatThrownBy(() -> SEMSEG.codec().decode(unknown))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage("class 4 at row 0, column 1 is outside 0 to 3");
    byte[] color = Pictures.encodePng(new Value.Raster(3, 1, 1, new float[3]), 8);
    assertThatThrownBy(() -> SEMSEG.codec().decode(color))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("single channel");
  }

  @Test
  void cropsTakeWholeClassesInPlace() {
    Value.ClassMap map = new Value.ClassMap(2, 4, new int[] {0, 1, 2, 3, 0, 1, 2, 3});
    Crop crop = new Crop(0, 2, 2, 2, true, 2, 4);
    assertThat(((Value.ClassMap) SEMSEG.crop(map, crop, 4)).data())
        .containsExactly(3, 3, 2, 2, 3, 3, 2, 2, 3, 3, 2, 2, 3, 3, 2, 2);
  }

  @Test
  void showsAColourForEachClass() {
    Value.ClassMap map = new Value.ClassMap(1, 2, new int[] {2, 0});
    BufferedImage image = ((Rendering.Picture) SEMSEG.renderer().render(map)).image();
    assertThat(image.getRGB(0, 0) & 0xFFFFFF).isEqualTo(ColorMaps.classColor(2));
    assertThat(image.getRGB(1, 0) & 0xFFFFFF).isEqualTo(ColorMaps.classColor(0));
  }

  @Test
  void metricSkipsTheIgnoredClass() {
    Metric.Accumulator sum = SEMSEG.metric().start();
    sum.add(
        new Value.ClassMap(1, 3, new int[] {0, 1, 2}),
        new Value.ClassMap(1, 3, new int[] {0, 1, 3}));
    assertThat(sum.error()).isZero();
    assertThat(sum.figures()).containsKeys("miou", "iou_road", "iou_car");
  }

  @Test
  void refusesImpossibleSettings() {
    assertThatThrownBy(
            () -> new SemsegConfig(List.of(), OptionalInt.empty(), TorchScriptSettings.none()))
        .hasMessage("labels has 0 names, must have 1 to 256");
    assertThatThrownBy(
            () ->
                new SemsegConfig(
                    List.of("a", "b", "a"), OptionalInt.empty(), TorchScriptSettings.none()))
        .hasMessage("labels has 'a' twice");
    assertThatThrownBy(
            () -> new SemsegConfig(LABELS, OptionalInt.of(4), TorchScriptSettings.none()))
        .hasMessage("ignored is 4, must be 0 to 3");
  }

  @Test
  void settingsKeepTheirNamesAndDefaults() {
    assertThat(SemsegConfig.class.getAnnotation(ConfigSection.class).value()).isEqualTo("semseg");
    assertThat(SemsegConfig.class.getRecordComponents())
        .extracting(component -> component.getName() + "=" + setting(component).defaultValue())
        .containsExactly(
            "labels=[sky, ground, sphere, box, cylinder, cone]", "ignored=", "network=");
  }

  @Test
  void asksANetworkOnlyWhereThereIsOne() {
    assertThat(SEMSEG.labelers()).isEmpty();
    TorchScriptSettings network = TorchScriptSettings.of(Path.of("no-such-network.pt"));
    Labeler labeler =
        new SemsegModality(new SemsegConfig(LABELS, OptionalInt.empty(), network))
            .labelers()
            .get(0);
    assertThat(labeler.from()).containsExactly("rgb");
    assertThat(labeler.onCrop()).isFalse();
    Value.Raster picture = new Value.Raster(3, 4, 4, new float[48]);
    assertThatThrownBy(() -> labeler.label(Map.of("rgb", picture)))
        .hasMessageContaining("no-such-network.pt: no such file");
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    try (InputStream stream = SemsegModality.class.getClassLoader().getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(SemsegModality.class.getName());
    }
    assertThat(SEMSEG.name()).isEqualTo("tok_semseg");
    assertThat(SEMSEG.source()).isEqualTo("semseg");
  }

  private static Setting setting(RecordComponent component) {
    return component.getAnnotation(Setting.class);
  }

  private static Value.ClassMap map(int seed) {
    Random random = new Random(seed);
    int height = 1 + random.nextInt(20);
    int width = 1 + random.nextInt(20);
    int[] data = random.ints((long) height * width, 0, LABELS.size()).toArray();
    return new Value.ClassMap(height, width, data);
  }
}
