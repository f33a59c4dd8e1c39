package org.anymod.media.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.anymod.spi.Labeler;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;
import org.junit.jupiter.api.Test;

/** What plugins with features of a network have in common. */
abstract class FeaturesPluginTest {
  static final int WIDTH = 20;

  static float[] numbers(int count, long seed) {
    Random random = new Random(seed);
    float[] data = new float[count];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) (3 * random.nextGaussian());
    }
    return data;
  }

  /** Makes the plugin's modality with features of a width, computed by a network if given. */
  protected abstract Modality modality(int width, Optional<Path> network);

  /** Returns the class of the plugin's settings. */
  protected abstract Class<?> settings();

  /** Returns the folder of the files. */
  abstract String source();

  /** Returns names and defaults of the settings. */
  abstract List<String> defaults();

  /** Makes a value with features of {@link #WIDTH}. */
  abstract Value random(long seed);

  final Modality modality() {
    return modality(WIDTH, Optional.empty());
  }

  @Test
  void measuresTheAngleOfFeatures() {
    Metric.Accumulator sum = modality().metric().start();
    sum.add(random(1), random(1));
    assertThat(sum.error()).isLessThan(1e-9);
    sum.add(random(2), random(1));
    assertThat(sum.error()).isBetween(0.1, 1.0);
    assertThat(sum.figures()).containsKeys("cosine", "rmse");
  }

  @Test
  void asksANetworkOnlyWhereThereIsOne() {
    assertThat(modality().labelers()).isEmpty();
    Path missing = Path.of("no-such-network.pt");
    Labeler labeler = modality(WIDTH, Optional.of(missing)).labelers().get(0);
    assertThat(labeler.from()).isEqualTo(List.of("rgb"));
    assertThat(labeler.onCrop()).isTrue();
    Value.Raster picture = new Value.Raster(3, 4, 4, new float[48]);
    assertThatThrownBy(() -> labeler.label(Map.of("rgb", picture)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no-such-network.pt: no such file");
  }

  @Test
  void settingsKeepTheirNamesAndDefaults() {
    assertThat(settings().getAnnotation(ConfigSection.class).value()).isEqualTo(source());
    assertThat(settings().getRecordComponents())
        .extracting(c -> c.getName() + "=" + c.getAnnotation(Setting.class).defaultValue())
        .containsExactlyElementsOf(defaults());
    assertThatThrownBy(() -> modality(0, Optional.empty()))
        .hasMessage("width is 0, must be 1 to 65536");
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    try (InputStream stream = settings().getClassLoader().getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(modality().getClass().getName());
    }
    assertThat(modality().name()).isEqualTo("tok_" + source());
    assertThat(modality().source()).isEqualTo(source());
  }
}
