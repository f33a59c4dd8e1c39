package org.anymod.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FrozenPartsTest {
  private static final List<String> NAMES =
      List.of(
          "mask_token",
          "encoder_embeddings.a@8.token_emb.weight",
          "encoder_embeddings.b.mod_emb",
          "decoder_embeddings.a@8.token_emb.weight",
          "encoder.0.attn.qkv.weight",
          "encoder.11.norm1.weight",
          "encoder_norm.weight",
          "decoder_proj_context.weight",
          "decoder.0.mlp.fc1.weight",
          "decoder_norm.weight");

  private static List<String> frozen(String... words) {
    return NAMES.stream().filter(FrozenParts.of(List.of(words), NAMES)).toList();
  }

  @Test
  void blocksAreBothStacksWithTheirNormsAndNothingElse() {
    assertThat(frozen("blocks"))
        .containsExactly(
            "encoder.0.attn.qkv.weight",
            "encoder.11.norm1.weight",
            "encoder_norm.weight",
            "decoder.0.mlp.fc1.weight",
            "decoder_norm.weight");
    assertThat(frozen("encoder", "decoder")).isEqualTo(frozen("blocks"));
    assertThat(frozen("decoder"))
        .containsExactly("decoder.0.mlp.fc1.weight", "decoder_norm.weight");
  }

  @Test
  void embeddingsAreChosenBySideOrModality() {
    assertThat(frozen("embeddings")).hasSize(3);
    assertThat(frozen("encoder_embeddings")).hasSize(2);
    assertThat(frozen("embeddings:a@8"))
        .containsExactly(
            "encoder_embeddings.a@8.token_emb.weight", "decoder_embeddings.a@8.token_emb.weight");
  }

  @Test
  void starsStandForAnyText() {
    assertThat(frozen("encoder.0.*")).containsExactly("encoder.0.attn.qkv.weight");
    assertThat(frozen("*norm*")).hasSize(3);
    assertThat(frozen("mask_token")).containsExactly("mask_token");
    assertThat(frozen()).isEmpty();
  }

  @Test
  void saysWhatThereIsWhereAWordChoosesNothing() {
    assertThatThrownBy(() -> frozen("embeddings:c"))
        .hasMessageContaining("'embeddings:c' freezes no tensor")
        .hasMessageContaining("a@8, b");
    assertThatThrownBy(() -> frozen("enc.*")).hasMessageContaining("'enc.*' freezes no tensor");
  }
}
