package org.anymod.plugins.rgb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.anymod.media.Pictures;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.PixelScaling;
import org.anymod.spi.Rendering;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class RgbModalityTest {
  private static final Modality PIXELS = new RgbModality();
  private static final Modality TOKENS = new TokRgbModality();

  @Test
  void declaresPixelsAsInputOnly() {
    Declaration declaration = PIXELS.declare(request("rgb@224", 224, 16));
    assertThat(declaration.kind()).isEqualTo(new Kind.PixelPatches(3, 224, 224, 16));
    assertThat(declaration.isOutput()).isFalse();
    assertThat(declaration.id()).isEqualTo(20716);
    assertThat(PIXELS.representation()).isEqualTo(PixelScaling.IMAGENET);
  }

  @Test
  void declaresTokensAsInputAndOutput() {
    Declaration declaration = TOKENS.declare(request("tok_rgb@224", 224, 16));
    assertThat(declaration.kind())
        .isEqualTo(new Kind.TokenGrid(14, 14, 16384, Kind.Positions.SINE_COSINE));
    assertThat(declaration.isInput() && declaration.isOutput()).isTrue();
    assertThat(declaration.id()).isEqualTo(11606);
    assertThat(TOKENS.representation()).isInstanceOf(TokenizerFactory.class);
  }

  @Test
  void refusesResolutionsThatAreNoMultipleOfThePatch() {
    for (Modality modality : List.of(PIXELS, TOKENS)) {
      assertThatThrownBy(() -> modality.declare(request("rgb@230", 230, 16)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("230")
          .hasMessageContaining("multiple");
    }
  }

  @Test
  void picturesSurviveTheirFile() throws InvalidDataException {
    for (int seed = 0; seed < 20; seed++) {
      Value.Raster picture = picture(seed);
      Value back = PIXELS.codec().decode(PIXELS.codec().encode(picture));
      assertThat(((Value.Raster) back).data()).as("seed %d", seed).containsExactly(picture.data());
      assertThat(PIXELS.value().violation(back)).isEmpty();
    }
  }

  @Test
  void readsJpeg() throws InvalidDataException {
    Value value = TOKENS.codec().decode(Pictures.encodeJpeg(picture(1), 0.9f));
    assertThat(TOKENS.value().violation(value)).isEmpty();
  }

  @Test
  void refusesOtherBytes() {
    assertThatThrownBy(() -> PIXELS.codec().decode("text".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("PNG or JPEG");
  }

  @Test
  void cropsPixelsAndTokensAlike() {
    Value.Raster picture = picture(7);
    Crop crop = new Crop(-2, 1, 9, 8, true, picture.height(), picture.width());
    Value.Raster pixels = (Value.Raster) PIXELS.crop(picture, crop, 16);
    Value.Raster tokens = (Value.Raster) TOKENS.crop(picture, crop, 16);
    assertThat(pixels.data()).containsExactly(tokens.data());
    assertThat(pixels.height()).isEqualTo(16);
    assertThat(PIXELS.value().violation(pixels)).isEmpty();
  }

  @Test
  void showsThePicture() {
    Rendering rendering = TOKENS.renderer().render(picture(3));
    assertThat(rendering).isInstanceOf(Rendering.Picture.class);
  }

  @Test
  void measuresAbsoluteError() {
    Metric.Accumulator sum = TOKENS.metric().start();
    Value.Raster picture = picture(4);
    sum.add(picture, picture);
    assertThat(sum.error()).isZero();
    assertThat(sum.figures()).containsOnlyKeys("l1", "mse", "psnr");
  }

  @Test
  void listsItsModalitiesForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    try (InputStream stream = RgbModality.class.getClassLoader().getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines())
          .containsExactly(RgbModality.class.getName(), TokRgbModality.class.getName());
    }
    assertThat(PIXELS.name()).isEqualTo("rgb");
    assertThat(TOKENS.name()).isEqualTo("tok_rgb");
    assertThat(TOKENS.source()).isEqualTo(PIXELS.source()).isEqualTo("rgb");
  }

  private static DeclarationRequest request(String key, int resolution, int patch) {
    return new DeclarationRequest(key, resolution, patch, OptionalInt.empty());
  }

  private static Value.Raster picture(int seed) {
    Random random = new Random(seed);
    int height = 1 + random.nextInt(20);
    int width = 1 + random.nextInt(20);
    float[] data = new float[3 * height * width];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextInt(256) / 255f;
    }
    return new Value.Raster(3, height, width, data);
  }
}
