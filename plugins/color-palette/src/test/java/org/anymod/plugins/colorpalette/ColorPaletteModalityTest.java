package org.anymod.plugins.colorpalette;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;
import org.junit.jupiter.api.Test;

class ColorPaletteModalityTest {
  private static final Modality MODALITY = new ColorPaletteModality();

  @Test
  void declaresASequenceOfText() {
    Declaration declaration =
        MODALITY.declare(new DeclarationRequest("color_palette", 224, 16, OptionalInt.empty()));
    assertThat(declaration.kind()).isEqualTo(new Kind.TextSequence(23, 23));
    assertThat(declaration.id()).isEqualTo(12967);
    assertThat(MODALITY.labelers().get(0).from()).containsExactly("rgb");
    assertThat(MODALITY.followsCrop()).isFalse();
    assertThat(declaration.isInput() && declaration.isOutput()).isTrue();
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    try (InputStream stream =
        ColorPaletteModality.class.getClassLoader().getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(ColorPaletteModality.class.getName());
    }
    assertThat(MODALITY.name()).isEqualTo("color_palette").isEqualTo(MODALITY.source());
  }
}
