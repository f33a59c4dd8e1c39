package org.anymod.plugins.saminstance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.anymod.media.instances.InstanceRules;
import org.anymod.spi.CodedText;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;
import org.junit.jupiter.api.Test;

class SamInstanceModalityTest {
  private static final Modality MODALITY =
      new SamInstanceModality(
          new SamInstanceConfig(224, 7, InstanceRules.PointOrder.RANDOM, 0.0005, 1024, false));

  @Test
  void declaresASequenceOfText() {
    Declaration declaration =
        MODALITY.declare(new DeclarationRequest("sam_instance", 224, 16, OptionalInt.empty()));
    assertThat(declaration.kind()).isEqualTo(new Kind.TextSequence(290, 290));
    assertThat(declaration.id()).isEqualTo(1938);
    CodedText text = (CodedText) MODALITY.representation();
    assertThat(text.partCodes())
        .isEqualTo(new Kind.TokenGrid(4, 4, 1024, Kind.Positions.SINE_COSINE));
    assertThat(text.tokenizer().family()).isEqualTo("vit-vqvae");
    assertThat(declaration.isInput() && declaration.isOutput()).isTrue();
  }

  @Test
  void settingsKeepTheirNamesAndDefaults() {
    assertThat(SamInstanceConfig.class.getAnnotation(ConfigSection.class).value())
        .isEqualTo("sam_instance");
    assertThat(SamInstanceConfig.class.getRecordComponents())
        .extracting(c -> c.getName() + "=" + c.getAnnotation(Setting.class).defaultValue())
        .containsExactly(
            "imageSize=224",
            "points=7",
            "pointOrder=random",
            "minArea=0.0005",
            "vocabulary=1024",
            "publishedMasks=false");
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    try (InputStream stream =
        SamInstanceModality.class.getClassLoader().getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(SamInstanceModality.class.getName());
    }
    assertThat(MODALITY.name()).isEqualTo("sam_instance").isEqualTo(MODALITY.source());
  }
}
