package org.anymod.plugins.webtext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.anymod.spi.Codec;
import org.anymod.spi.Crop;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Rendering;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;
import org.junit.jupiter.api.Test;

class WebTextModalityTest {
  private static final Modality WEB = new WebTextModality(new WebTextConfig(0));
  private static final String TEXT = "It was a dark and stormy night.\nThe rain fell in torrents.";

  @Test
  void declaresASequenceOfTextThatEntersAsCaption() {
    DeclarationRequest request = new DeclarationRequest("web_text", 224, 16, OptionalInt.empty());
    assertThat(WEB.declare(request).kind()).isEqualTo(new Kind.TextSequence(256, 256));
    assertThat(WEB.feeds()).contains("caption");
    assertThat(WEB.followsCrop()).isFalse();
  }

  @Test
  void textsSurviveTheirFileAndTheirText() throws InvalidDataException {
    TextForm form = (TextForm) WEB.representation();
    for (String text : List.of(TEXT, "", "\"quoted\"", "{", "[\"x\"]", "x ".repeat(20_000) + "y")) {
      Value value = new Value.Text(text);
      assertThat(WEB.codec().decode(WEB.codec().encode(value))).isEqualTo(value);
      assertThat(form.read(form.write(value, new Random(0)).get(0))).isEqualTo(value);
      assertThat(WEB.value().violation(value)).isEmpty();
    }
  }

  @Test
  void readsJsonObjectsWithAText() throws InvalidDataException {
    byte[] file = "{\"text\": \"a b\", \"url\": \"x\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(WEB.codec().decode(file)).isEqualTo(new Value.Text("a b"));
    assertThat(WEB.codec().extensions()).containsExactly("txt", "json", "json.gz");
  }

  @Test
  void takesAPartOfALongTextWhereThatIsWanted() {
    TextForm form = (TextForm) new WebTextModality(new WebTextConfig(4)).representation();
    for (int seed = 0; seed < 50; seed++) {
      String part = form.write(new Value.Text(TEXT), new Random(seed * 7919L)).get(0);
      assertThat(part.split("\\s+")).hasSize(4);
      assertThat(TEXT).contains(part);
    }
    assertThat(form.write(new Value.Text("a b c"), new Random(0))).containsExactly("a b c");
  }

  @Test
  void damagedFilesAreRefusedOrStillFit() {
    Codec codec = WEB.codec();
    byte[] good = "[{\"text\": \"caf\u00e9 \\u00e9\"}]".getBytes(StandardCharsets.UTF_8);
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int i = random.nextInt(3); i > 0 && bad.length > 0; i--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(WEB.value().violation(codec.decode(bad))).isEmpty();
      } catch (InvalidDataException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThatThrownBy(() -> codec.decode(new byte[(1 << 20) + 1]))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("1048576");
  }

  @Test
  void isTheSameForEveryCropAndShownAndMeasuredAsWords() {
    Value value = new Value.Text("a dog");
    assertThat(WEB.crop(value, new Crop(1, 1, 2, 2, true, 9, 9), 64)).isEqualTo(value);
    assertThat(WEB.renderer().render(value)).isEqualTo(new Rendering.Words("a dog"));
    Metric.Accumulator sum = WEB.metric().start();
    sum.add(value, new Value.Text("A dog!"));
    assertThat(sum.error()).isZero();
  }

  @Test
  void settingsKeepTheirNamesAndDefaults() {
    assertThat(WebTextConfig.class.getAnnotation(ConfigSection.class).value())
        .isEqualTo("web_text");
    assertThat(WebTextConfig.class.getRecordComponents())
        .extracting(c -> c.getName() + "=" + c.getAnnotation(Setting.class).defaultValue())
        .containsExactly("maxWords=0");
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    try (InputStream stream = WebTextModality.class.getClassLoader().getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(WebTextModality.class.getName());
    }
    assertThat(WEB.name()).isEqualTo("web_text").isEqualTo(WEB.source());
  }
}
