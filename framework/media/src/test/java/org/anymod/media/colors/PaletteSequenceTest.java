package org.anymod.media.colors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;
import org.anymod.spi.Rendering;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaletteSequenceTest {
  private static final Modality PALETTE = new PaletteSequence("palette", 23, "rgb");
  private static final TextForm TEXT = (TextForm) PALETTE.representation();
  private static final String EXAMPLE =
      "v1=3 v0=230 v0=220 v0=200 v0=30 v0=60 v0=120 v0=10 v0=15 v0=20";

  @Test
  void declaresASequenceOfText() {
    Declaration declaration =
        PALETTE.declare(new DeclarationRequest("palette", 224, 16, OptionalInt.empty()));
    assertThat(declaration.kind()).isEqualTo(new Kind.TextSequence(23, 23));
    assertThat(declaration.isInput() && declaration.isOutput()).isTrue();
    assertThat(TEXT.coordinateBins()).isEqualTo(1000);
  }

  @Test
  void palettesSurviveTheirFile() throws InvalidDataException {
    for (int seed = 0; seed < 50; seed++) {
      Value value = random(seed);
      assertThat(PALETTE.value().violation(value)).isEmpty();
      assertThat(PALETTE.codec().decode(PALETTE.codec().encode(value)))
          .as("seed %d", seed)
          .isEqualTo(value);
    }
  }

  @Test
  void writesAPaletteAsNumberAndLevels() {
    Value value = parse("[{\"3\": [[230, 220, 200], [30, 60, 120], [10, 15, 20]]}]");
    assertThat(TEXT.write(value, new Random(0))).containsExactly(EXAMPLE);
    assertThat(TEXT.read(EXAMPLE)).isEqualTo(value);
  }

  @Test
  void drawsThePaletteToWrite() {
    Value value = random(3);
    Set<String> sizes = new TreeSet<>();
    for (int seed = 0; seed < 200; seed++) {
      String text = TEXT.write(value, new Random(seed * 7919L)).get(0);
      assertThat(TEXT.write(value, new Random(seed * 7919L))).containsExactly(text);
      String size = text.substring(3, 4);
      sizes.add(size);
      assertThat(text.split(" ")).hasSize(1 + 3 * Integer.parseInt(size));
      Map<?, ?> read = (Map<?, ?>) ((List<?>) ((Value.Structured) TEXT.read(text)).tree()).get(0);
      Map<?, ?> all = (Map<?, ?>) ((List<?>) ((Value.Structured) value).tree()).get(0);
      assertThat(read.get(size)).isEqualTo(all.get(size));
    }
    assertThat(sizes).containsExactly("1", "2", "3", "4", "5", "6", "7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | [{}]",
        "a dog | [{}]",
        "v1=2 v0=1 v0=2 | [{}]",
        "v1=2 v0=1 v0=2 v0=3 v0=4 | [{\"1\": [[1, 2, 3]]}]",
        "v1=1 v0=1 v0=2 v0=3 v0=4 v0=5 v0=6 | [{\"1\": [[1, 2, 3]]}]",
        "v0=1 v0=2 v0=3 v0=4 v0=5 v0=6 | [{\"2\": [[1, 2, 3], [4, 5, 6]]}]",
        "[PAD] v1=1 v0=300 dog v0=2 v2=9 v0=3 v0=x | [{\"1\": [[255, 2, 3]]}]",
        "v1=0 v0=1 v0=2 v0=3 | [{}]",
      })
  void readsWhateverAModelSays(String text, String expected) {
    assertThat(TEXT.read(text)).isEqualTo(parse(expected));
    assertThat(PALETTE.value().violation(TEXT.read(text))).isEmpty();
  }

  @Test
  void readsAtMostSevenColours() {
    Value value = TEXT.read("v1=9 " + "v0=5 ".repeat(60));
    assertThat(Palettes.of(value).bySize().keySet()).containsExactly(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"1\": [[0, 0, 0]]} | must be a list whose first element is an object",
        "[] | must be a list whose first element is an object",
        "[{\"8\": []}] | key '8' is unknown",
        "[{\"2\": [[0, 0, 0]]}] | key \"2\" holds [[0, 0, 0]], must hold 2 colours",
        "[{\"1\": [[0, 0]]}] | colour 0 of key \"1\" is [0, 0], must be a list of three",
        "[{\"1\": [[0, 0, 256]]}] | must be a list of three numbers from 0 to 255",
        "[{\"1\": [[0, 0, -1]]}] | must be a list of three numbers from 0 to 255",
        "[{\"1\": [[0, 0, \"red\"]]}] | must be a list of three numbers from 0 to 255",
        "[{\"1\" | line 1",
      })
  void refusesOtherDocuments(String file, String message) {
    assertThatThrownBy(() -> PALETTE.codec().decode(file.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void showsStripes() {
    Value value = parse("[{\"1\": [[9, 9, 9]], \"2\": [[255, 0, 0], [0, 0, 255]]}]");
    BufferedImage image = ((Rendering.Picture) PALETTE.renderer().render(value)).image();
    assertThat(image.getWidth()).isEqualTo(50);
    assertThat(image.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFF0000);
    assertThat(image.getRGB(49, 49) & 0xFFFFFF).isEqualTo(0x0000FF);
    assertThat(PALETTE.renderer().render(parse("[{}]"))).isInstanceOf(Rendering.Picture.class);
  }

  static Value parse(String json) {
    try {
      return PALETTE.codec().decode(json.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidDataException e) {
      throw new AssertionError(json, e);
    }
  }

  static Value random(int seed) {
    Random random = new Random(seed);
    Map<String, Object> object = new LinkedHashMap<>();
    for (int k = 1; k <= 7; k++) {
      List<Object> colors = new ArrayList<>();
      for (int i = 0; i < k; i++) {
        colors.add(
            List.of(
                (long) random.nextInt(256),
                (long) random.nextInt(256),
                (long) random.nextInt(256)));
      }
      object.put(Integer.toString(k), colors);
    }
    return new Value.Structured(List.of(object));
  }
}
