package org.anymod.host.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.anymod.core.recipe.ModelRecipe;
import org.junit.jupiter.api.Test;

class ModelPresetRecipeTest {
  private static BoundRecipe<ModelRecipe> read(String text, String... overrides) {
    return RecipeReader.read(
        ModelRecipe.class, "model.yaml", text, List.of(overrides), PluginSections.none());
  }

  @Test
  void fillsWhatARecipeLeavesOut() {
    ModelRecipe model = read("preset: large_24e_24d_swiglu_qknorm_nobias\n").recipe();
    assertThat(model.dim()).isEqualTo(1024);
    assertThat(model.encoderLayers()).isEqualTo(24);
    assertThat(model.heads()).isEqualTo(16);
    assertThat(model.qkNorm()).isTrue();
    assertThat(read("{}\n").recipe().dim()).isEqualTo(768);
  }

  @Test
  void letsExplicitKeysStand() {
    String text = "preset: base_12e_12d_gelu\ndecoder_layers: 3\nnorm_bias: false\n";
    ModelRecipe model = read(text, "encoder_layers=2").recipe();
    assertThat(model.decoderLayers()).isEqualTo(3);
    assertThat(model.encoderLayers()).isEqualTo(2);
    assertThat(model.gated()).isFalse();
    assertThat(model.hasQkvBias()).isTrue();
    assertThat(model.hasNormBias()).isFalse();
    assertThat(read("encoder_layers: 2\n", "preset=tiny_6e_6d_gelu").recipe().dim()).isEqualTo(384);
  }

  @Test
  void suggestsTheNearestPreset() {
    assertThatThrownBy(() -> read("preset: base_12e_12d_swiglu_nobia\n"))
        .hasMessageContaining("model.yaml:1:9")
        .hasMessageContaining("base_12e_12d_swiglu_nobias");
  }

  @Test
  void readsWhatItWrites() {
    BoundRecipe<ModelRecipe> bound = read("preset: small_8e_8d_swiglu_nobias\nheads: 4\n");
    assertThat(read(RecipeWriter.write(bound)).recipe()).isEqualTo(bound.recipe());
  }
}
