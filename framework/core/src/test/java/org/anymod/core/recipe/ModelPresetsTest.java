package org.anymod.core.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.anymod.spi.config.Setting;
import org.junit.jupiter.api.Test;

class ModelPresetsTest {
  @Test
  void allowsExactlyThePresetsThereAre() {
    Setting setting = ModelRecipe.class.getRecordComponents()[0].getAnnotation(Setting.class);
    assertThat(List.of(setting.allowed())).isEqualTo(ModelPresets.names());
  }

  @Test
  void namesWhatThereIs() {
    assertThatThrownBy(() -> ModelPresets.recipe("huge"))
        .hasMessageContaining("preset 'huge' is unknown, allowed are tiny_6e_6d_gelu, ");
  }

  @Test
  void hasThePublishedSizes() {
    ModelRecipe large = ModelPresets.recipe("large_24e_24d_swiglu_qknorm_nobias");
    assertThat(large.dim()).isEqualTo(1024);
    assertThat(large.encoderLayers()).isEqualTo(24);
    assertThat(large.decoderLayers()).isEqualTo(24);
    assertThat(large.heads()).isEqualTo(16);
    assertThat(large.qkNorm()).isTrue();
    assertThat(large.bias()).isFalse();
    assertThat(ModelPresets.recipe("tiny_6e_6d_gelu").bias()).isTrue();
  }
}
