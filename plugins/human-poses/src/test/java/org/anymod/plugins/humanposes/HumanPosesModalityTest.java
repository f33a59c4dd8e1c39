package org.anymod.plugins.humanposes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.anymod.spi.CodedText;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;
import org.junit.jupiter.api.Test;

class HumanPosesModalityTest {
  private static final Modality MODALITY =
      new HumanPosesModality(new HumanPosesConfig(1024, false, false));

  @Test
  void declaresASequenceOfText() {
    Declaration declaration =
        MODALITY.declare(new DeclarationRequest("human_poses", 224, 16, OptionalInt.empty()));
    assertThat(declaration.kind()).isEqualTo(new Kind.TextSequence(275, 263));
    assertThat(declaration.id()).isEqualTo(30584);
    CodedText text = (CodedText) MODALITY.representation();
    assertThat(text.partCodes().maxTokens()).isEqualTo(8);
    assertThat(text.tokenizer().family()).isEqualTo("mlp-vqvae");
    assertThat(declaration.isInput() && declaration.isOutput()).isTrue();
  }

  @Test
  void settingsKeepTheirNamesAndDefaults() {
    assertThat(HumanPosesConfig.class.getAnnotation(ConfigSection.class).value())
        .isEqualTo("human_poses");
    assertThat(HumanPosesConfig.class.getRecordComponents())
        .extracting(c -> c.getName() + "=" + c.getAnnotation(Setting.class).defaultValue())
        .containsExactly("vocabulary=1024", "publishedFlip=false", "publishedRange=false");
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    try (InputStream stream = HumanPosesModality.class.getClassLoader().getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(HumanPosesModality.class.getName());
    }
    assertThat(MODALITY.name()).isEqualTo("human_poses").isEqualTo(MODALITY.source());
  }
}
