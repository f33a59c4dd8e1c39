package org.anymod.plugins.t5caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.anymod.media.NpyArray;
import org.anymod.media.Npz;
import org.anymod.media.embeddings.EmbeddedTexts;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;
import org.anymod.spi.VectorForm;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;
import org.junit.jupiter.api.Test;

class T5CaptionModalityTest {
  private static final Modality T5 = new T5CaptionModality(new T5CaptionConfig(2, 3));
  private static final Crop WHOLE = Crop.centerSquare(8, 8);

  @Test
  void declaresAnInputOfVectors() {
    Modality published = new T5CaptionModality(new T5CaptionConfig(4096, 77));
    Declaration declaration =
        published.declare(new DeclarationRequest("t5_caption", 224, 16, OptionalInt.empty()));
    assertThat(declaration.kind()).isEqualTo(new Kind.EmbeddingSequence(4096, 77));
    assertThat(declaration.isInput()).isTrue();
    assertThat(declaration.isOutput()).isFalse();
    assertThat(declaration.id()).isEqualTo(28551);
    assertThat(T5.followsCrop()).isTrue();
  }

  @Test
  void readsWhatNumPyWritesWithoutThePadding() throws IOException, InvalidDataException {
    Value value = T5.codec().decode(published());
    assertThat(vectors(T5.crop(value, WHOLE.at(0), 8))).containsExactly(-1, -0.75f, -0.5f, -0.25f);
    assertThat(vectors(T5.crop(value, WHOLE.at(1), 8))).containsExactly(0.5f, 0.75f);
    assertThat(T5.renderer().render(T5.crop(value, WHOLE.at(1), 8)))
        .isEqualTo(new Rendering.Words("T5-XXL embedding of: cat"));
    assertThat(T5.renderer().render(value))
        .isEqualTo(new Rendering.Words("T5-XXL embedding of: a dog\ncat"));
  }

  @Test
  void saysThatACropHasNoCaption() throws IOException, InvalidDataException {
    Value value = T5.codec().decode(published());
    assertThatThrownBy(() -> T5.crop(value, WHOLE.at(2), 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there are 2 texts, none for crop number 2");
    Value one = random(1, 1, false);
    assertThat(T5.crop(one, WHOLE.at(5), 8)).isEqualTo(one);
  }

  @Test
  void captionsSurviveTheirFile() throws InvalidDataException {
    for (int seed = 0; seed < 60; seed++) {
      Value value = random(seed, 1 + seed % 3, seed % 2 == 0);
      assertThat(T5.value().violation(value)).isEmpty();
      Value back = T5.codec().decode(T5.codec().encode(value));
      assertThat(back).as("seed %d", seed).isEqualTo(value);
    }
  }

  @Test
  void leavesOutVectorsThatAreTooMany() {
    Value value =
        new EmbeddedTexts(List.of(List.of(v(1, 1), v(2, 2), v(3, 3), v(4, 4))), List.of())
            .toValue();
    assertThat(vectors(value)).containsExactly(1, 1, 2, 2, 3, 3);
    assertThat(T5.renderer().render(value)).isEqualTo(new Rendering.Words("T5-XXL embedding"));
  }

  @Test
  void readsDocumentsOfPlainNumbersToo() {
    Value value = new Value.Structured(Map.of("sequences", List.of(List.of(List.of(1, 2.5)))));
    assertThat(T5.value().violation(value)).isEmpty();
    assertThat(vectors(value)).containsExactly(1, 2.5f);
  }

  @Test
  void saysWhatIsWrongWithAFile() {
    NpyArray emb = new NpyArray(new int[] {1, 1, 3}, new float[3]);
    NpyArray mask = new NpyArray(new int[] {1, 1}, new boolean[] {true});
    refused(Map.of("emb", emb), "must hold 'mask_valid'");
    refused(Map.of("emb", emb, "mask_valid", mask), "plugins.t5_caption.width says 2");
    refused(Map.of("emb", mask, "mask_valid", mask), "must have 3 axes");
    NpyArray longer = new NpyArray(new int[] {1, 2}, new boolean[2]);
    refused(Map.of("emb", emb, "mask_valid", longer), "must have the first two axes of emb");
    NpyArray good = new NpyArray(new int[] {1, 1, 2}, new float[] {1, Float.NaN});
    refused(Map.of("emb", good, "mask_valid", mask), "must hold finite numbers");
    NpyArray none = new NpyArray(new int[] {0, 1, 2}, new float[0]);
    refused(
        Map.of("emb", none, "mask_valid", new NpyArray(new int[] {0, 1}, new boolean[0])),
        "must hold at least one text");
    NpyArray text = new NpyArray(new int[] {1, 1}, new int[] {0x110000});
    NpyArray fine = new NpyArray(new int[] {1, 1, 2}, new float[2]);
    refused(Map.of("emb", fine, "mask_valid", mask, "ascii_tensor", text), "no code point");
    NpyArray rows = new NpyArray(new int[] {2, 1}, new int[2]);
    refused(Map.of("emb", fine, "mask_valid", mask, "ascii_tensor", rows), "must have a row");
  }

  @Test
  void damagedFilesAreRefusedOrStillFit() throws IOException {
    byte[] good = published();
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      int length = good.length - random.nextInt(2) * random.nextInt(good.length);
      byte[] bad = Arrays.copyOf(good, length);
      for (int i = random.nextInt(4); i > 0 && length > 0; i--) {
        bad[random.nextInt(length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(T5.value().violation(T5.codec().decode(bad))).isEmpty();
      } catch (InvalidDataException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void measuresDirections() {
    Value truth = new EmbeddedTexts(List.of(List.of(v(1, 0), v(0, 2))), List.of()).toValue();
    Metric.Accumulator sum = T5.metric().start();
    assertThat(sum.error()).isNaN();
    sum.add(truth, truth);
    assertThat(sum.error()).isZero();
    Value shorter = new EmbeddedTexts(List.of(List.of(v(0, 5))), List.of()).toValue();
    Metric.Accumulator other = T5.metric().start();
    other.add(shorter, truth);
    assertThat(other.error()).isEqualTo(1);
    Value constant = T5.metric().constant(List.of(truth, shorter));
    Metric.Accumulator both = T5.metric().start();
    both.add(constant, truth);
    both.add(constant, shorter);
    assertThat(both.error()).isCloseTo(2 * (1 - Math.sqrt(0.5)) / 3, within(1e-6));
    assertThat(both.figures()).containsOnlyKeys("cosine_distance");
  }

  @Test
  void settingsKeepTheirNamesAndDefaults() {
    assertThat(T5CaptionConfig.class.getAnnotation(ConfigSection.class).value())
        .isEqualTo("t5_caption");
    assertThat(T5CaptionConfig.class.getRecordComponents())
        .extracting(c -> c.getName() + "=" + c.getAnnotation(Setting.class).defaultValue())
        .containsExactly("width=4096", "maxVectors=77");
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    try (InputStream stream = T5CaptionModality.class.getClassLoader().getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(T5CaptionModality.class.getName());
    }
    assertThat(T5.name()).isEqualTo("t5_caption").isEqualTo(T5.source());
  }

  private static void refused(Map<String, NpyArray> arrays, String message) {
    assertThatThrownBy(() -> T5.codec().decode(Npz.write(arrays)))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining(message);
  }

  private static byte[] published() throws IOException {
    try (InputStream stream = T5CaptionModalityTest.class.getResourceAsStream("two-captions.npz")) {
      return stream.readAllBytes();
    }
  }

  private static float[] vectors(Value value) {
    return ((VectorForm) T5.representation()).vectors(value).data();
  }

  private static float[] v(float... numbers) {
    return numbers;
  }

  private static Value random(int seed, int captions, boolean hasTexts) {
    Random random = new Random(seed);
    List<List<float[]>> sequences = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int n = 0; n < captions; n++) {
      List<float[]> sequence = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        sequence.add(v(random.nextFloat(), (float) random.nextGaussian()));
      }
      sequences.add(sequence);
      texts.add("東京 😀 " + "x".repeat(random.nextInt(9)));
    }
    return new EmbeddedTexts(sequences, hasTexts ? texts : List.of()).toValue();
  }
}
