package org.anymod.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.PublishedModels;
import org.anymod.torch.Parameters;
import org.anymod.torch.SafeTensors;
import org.junit.jupiter.api.Test;

/** Rules applied to the inventory of a published checkpoint. */
class FreezingTest {
  private static final String MODEL = "fm_tiny_swiglu_nobias";

  /** What the frozen names begin with, up to the modality or the layer's number. */
  private static Set<String> frozen(Predicate<String> rule) throws IOException {
    return SafeTensors.header(PublishedModels.weights(MODEL)).tensors().keySet().stream()
        .filter(rule)
        .map(name -> name.replaceFirst("^(\\w+?)\\.(\\d+|(?:[\\w@]+))\\..*$", "$1.$2"))
        .map(name -> name.replaceFirst("_norm\\.(weight|bias)$", "_norm"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void encoderIsBlocksAndNorm() throws IOException {
    assertThat(frozen(Freezing.encoder(false)))
        .containsExactly("encoder.0", "encoder.1", "encoder_norm");
    assertThat(frozen(Freezing.encoder(true)))
        .containsExactlyInAnyOrder(
            "encoder.0",
            "encoder.1",
            "encoder_norm",
            "encoder_embeddings.caption",
            "encoder_embeddings.color_palette",
            "encoder_embeddings.metadata",
            "encoder_embeddings.rgb@224",
            "encoder_embeddings.t5_caption",
            "encoder_embeddings.tok_depth@224",
            "encoder_embeddings.tok_dinov2_global");
  }

  @Test
  void decoderIsBlocksAndNormWithoutProjectionAndMaskToken() throws IOException {
    assertThat(frozen(Freezing.decoder(false)))
        .containsExactly("decoder.0", "decoder.1", "decoder_norm");
    assertThat(frozen(Freezing.decoder(true)))
        .containsExactlyInAnyOrder(
            "decoder.0",
            "decoder.1",
            "decoder_norm",
            "decoder_embeddings.caption",
            "decoder_embeddings.color_palette",
            "decoder_embeddings.metadata",
            "decoder_embeddings.tok_depth@224",
            "decoder_embeddings.tok_dinov2_global");
  }

  @Test
  void sharedParametersAreBothStacksWithoutEmbeddings() throws IOException {
    assertThat(frozen(Freezing.sharedParameters()))
        .containsExactlyInAnyOrder(
            "encoder.0", "encoder.1", "encoder_norm", "decoder.0", "decoder.1", "decoder_norm");
  }

  @Test
  void specificEmbeddingsAreNamedWithHyphens() throws IOException {
    assertThat(frozen(Freezing.encoderWithEmbeddings(Freezing.keys("caption-tok_depth@224"))))
        .containsExactlyInAnyOrder(
            "encoder.0",
            "encoder.1",
            "encoder_norm",
            "encoder_embeddings.caption",
            "encoder_embeddings.tok_depth@224");
    assertThat(frozen(Freezing.decoderWithEmbeddings(Freezing.keys("metadata"))))
        .containsExactlyInAnyOrder(
            "decoder.0", "decoder.1", "decoder_norm", "decoder_embeddings.metadata");
  }

  @Test
  void modelTrainsWhatIsNotFrozenAndThenEverythingAgain() throws IOException {
    try (AnyToAnyModel model = PublishedModels.model(MODEL)) {
      Parameters parameters = model.parameters();
      List<String> all = parameters.trainedNames();
      Freezing.apply(Freezing.sharedParameters(), parameters, model.checkpoint());
      assertThat(parameters.trainedNames())
          .contains("mask_token", "decoder_proj_context.weight")
          .noneMatch(Freezing.sharedParameters());
      assertThat(parameters.get("encoder.0.attn.qkv.weight").hasGradient()).isFalse();
      Freezing.apply(Freezing.nothing(), parameters, model.checkpoint());
      assertThat(parameters.trainedNames()).isEqualTo(all);
      assertThat(parameters.get("encoder.0.attn.qkv.weight").hasGradient()).isTrue();
      // Buffers of norms without bias are never trained.
      assertThat(all).doesNotContain("encoder_norm.bias");
    }
  }

  @Test
  void tensorWithTwoNamesIsFrozenUnderEither() throws IOException {
    try (AnyToAnyModel model = PublishedModels.model(MODEL)) {
      Freezing.apply(Freezing.decoder(true), model.parameters(), model.checkpoint());
      // Encoder and decoder share the embedding of a modality that is both.
      assertThat(model.parameters().trainedNames())
          .doesNotContain("encoder_embeddings.caption.mod_emb")
          .contains("encoder_embeddings.caption.token_emb.weight")
          .contains("encoder_embeddings.rgb@224.mod_emb");
    }
  }
}
