package org.anymod.plugins.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.anymod.media.text.TextChoice;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Rendering;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class CaptionModalityTest {
  private static final Modality CAPTION = new CaptionModality(CaptionConfig.withoutClasses());
  private static final TextForm TEXT = (TextForm) CAPTION.representation();

  @Test
  void declaresASequenceOfText() {
    Declaration declaration =
        CAPTION.declare(new DeclarationRequest("caption", 224, 16, OptionalInt.empty()));
    assertThat(declaration.kind()).isEqualTo(new Kind.TextSequence(256, 256));
    assertThat(declaration.isInput() && declaration.isOutput()).isTrue();
    assertThat(declaration.id()).isEqualTo(32652);
  }

  @Test
  void captionsSurviveTheirFileAndTheirText() throws InvalidDataException {
    String[] words = {"a", "red", "\"ball\"", "{", "[x]", "on", "grass,", "東京"};
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder(words[random.nextInt(words.length)]);
      for (int i = random.nextInt(6); i > 0; i--) {
        text.append(' ').append(words[random.nextInt(words.length)]);
      }
      Value value = new Value.Text(text.toString());
      assertThat(CAPTION.codec().decode(CAPTION.codec().encode(value)))
          .as("seed %d", seed)
          .isEqualTo(value);
      assertThat(TEXT.read(String.join(" ", TEXT.write(value, random)))).isEqualTo(value);
      assertThat(CAPTION.value().violation(value)).isEmpty();
    }
  }

  @Test
  void readsObjectsWithACaption() throws InvalidDataException {
    byte[] file = "[{\"caption\": \"a dog\"}]".getBytes(StandardCharsets.UTF_8);
    assertThat(CAPTION.codec().decode(file)).isEqualTo(new Value.Text("a dog"));
    assertThat(CAPTION.codec().extensions()).containsExactly("txt", "json", "json.gz");
  }

  @Test
  void refusesBytesThatAreNoText() {
    assertThatThrownBy(() -> CAPTION.codec().decode(new byte[] {(byte) 0xFE, (byte) 0xFF}))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void readsWhateverAModelSays() {
    assertThat(TEXT.read("  a dog \n")).isEqualTo(new Value.Text("a dog"));
    assertThat(TEXT.read("")).isEqualTo(new Value.Text(""));
    assertThat(CAPTION.value().violation(TEXT.read("x".repeat(50_000)))).isEmpty();
  }

  @Test
  void isOneChunkAndTheSameForEveryCrop() {
    Value value = new Value.Text("a b c");
    assertThat(TEXT.write(value, new Random(1))).containsExactly("a b c");
    assertThat(CAPTION.crop(value, new Crop(1, 1, 2, 2, true, 9, 9), 64)).isEqualTo(value);
    assertThat(TEXT.coordinateBins()).isZero();
  }

  @Test
  void measuresSharedWords() {
    Metric.Accumulator sum = CAPTION.metric().start();
    sum.add(new Value.Text("a dog"), new Value.Text("A dog."));
    assertThat(sum.error()).isZero();
    Value truth = new Value.Text("a cat");
    assertThat(CAPTION.metric().constant(List.of(truth))).isEqualTo(truth);
  }

  @Test
  void showsTheWords() {
    assertThat(CAPTION.renderer().render(new Value.Text("a dog")))
        .isEqualTo(new Rendering.Words("a dog"));
  }

  @Test
  void takesTheCaptionOfTheCropWhereTheyAreAligned() throws InvalidDataException {
    Modality aligned = new CaptionModality(config(TextChoice.CROP));
    byte[] file = "[{\"caption\": \"a\"}, \"b\"]".getBytes(StandardCharsets.UTF_8);
    Value value = aligned.codec().decode(file);
    assertThat(aligned.followsCrop()).isTrue();
    assertThat(aligned.value().violation(value)).isEmpty();
    Crop crop = Crop.centerSquare(8, 8);
    assertThat(aligned.crop(value, crop, 8)).isEqualTo(new Value.Text("a"));
    assertThat(aligned.crop(value, crop.at(1), 8)).isEqualTo(new Value.Text("b"));
    assertThatThrownBy(() -> aligned.crop(value, crop.at(2), 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there are 2 texts, none for crop number 2");
    Value single = new Value.Text("one for all");
    assertThat(aligned.value().violation(single)).isEmpty();
    assertThat(aligned.crop(single, crop.at(7), 8)).isEqualTo(single);
    assertThat(aligned.renderer().render(value)).isEqualTo(new Rendering.Words("a\nb"));
  }

  @Test
  void drawsACaptionWhereAnyWillDo() throws InvalidDataException {
    Modality any = new CaptionModality(config(TextChoice.RANDOM));
    Value value = any.codec().decode("[\"a\", \"b\"]".getBytes(StandardCharsets.UTF_8));
    TextForm form = (TextForm) any.representation();
    Set<String> seen = new TreeSet<>();
    for (int seed = 0; seed < 40; seed++) {
      seen.addAll(form.write(value, new Random(seed * 7919L)));
    }
    assertThat(seen).containsExactly("a", "b");
    assertThat(any.followsCrop()).isFalse();
    assertThat(any.codec().decode(any.codec().encode(value))).isEqualTo(value);
    assertThat(any.value().violation(new Value.Structured(List.of("a", 3))))
        .contains("text 1 is 3, must be a text");
    Metric.Accumulator sum = any.metric().start();
    sum.add(new Value.Text("a"), value);
    assertThat(sum.error()).isZero();
  }

  private static CaptionConfig config(TextChoice lists) {
    return new CaptionConfig(List.of(), OptionalInt.empty(), "{classes}", 0, lists);
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    try (InputStream stream = CaptionModality.class.getClassLoader().getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(CaptionModality.class.getName());
    }
    assertThat(CAPTION.name()).isEqualTo("caption").isEqualTo(CAPTION.source());
  }
}
