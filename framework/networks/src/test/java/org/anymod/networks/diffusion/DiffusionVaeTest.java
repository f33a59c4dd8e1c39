package org.anymod.networks.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;
import org.anymod.torch.SafeTensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffusionVaeTest extends TinyDiffusion {
  @Test
  void readsAPublishedFileAndGivesItsTokens() {
    Map<String, NDArray> expected = Fixtures.read("divae_unet_tiny.expected", scope.manager());
    Map<String, Object> settings =
        Map.of(
            "weights", Fixtures.file("divae_unet_tiny.safetensors").toString(),
            "heads", 4,
            "decode_steps", 4);
    for (String run : List.of("ddim4", "ddim3_size48")) {
      NDArray input = expected.get(run + "/input");
      NDArray tokens = expected.get(run + "/tokens");
      int side = (int) input.getShape().get(2);
      int rows = (int) tokens.getShape().get(1);
      try (DiffusionTokenizer tokenizer = create(3, side, rows, 64, settings)) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < input.getShape().get(0); i++) {
          values.add(new Value.Raster(3, side, side, input.get(i).toFloatArray()));
        }
        int[][] own = tokenizer.encode(values);
        assertThat(Arrays.stream(own).flatMapToInt(Arrays::stream).asLongStream().toArray())
            .isEqualTo(tokens.toLongArray());
        float[] picture = ((Value.Raster) tokenizer.decode(own).get(0)).data();
        assertThat(picture).hasSize(3 * side * side);
      }
    }
  }

  @Test
  void namesWhatAPublishedFileHasThatTheModalityHasNot(@TempDir Path folder) throws Exception {
    String file = Fixtures.file("divae_unet_tiny.safetensors").toString();
    assertThatThrownBy(() -> create(3, 32, 4, 64, Map.of("weights", file)))
        .hasMessageContaining("enc_type is 'vit_tiny_enc'")
        .hasMessageContaining("give the setting heads");
    assertThatThrownBy(() -> create(1, 32, 2, 32, Map.of("weights", file, "heads", 4)))
        .hasMessageContaining("n_channels is 3, but the modality has 1 channels")
        .hasMessageContaining("patch_size is 8, but the modality has 16 pixels a patch")
        .hasMessageContaining("codebook_size is 64, but the modality has 32 codes");
    Path other = folder.resolve("other.safetensors");
    SafeTensors.write(
        other, Map.of("x", scope.manager().create(1f)), Map.of("quant_type", "memcodes"));
    assertThatThrownBy(() -> create(3, 32, 4, 64, Map.of("weights", other.toString())))
        .hasMessageContaining("quant_type is 'memcodes'")
        .hasMessageContaining("needs lucid");
  }

  @Test
  void trainsAndDrawsTheSameAgain() {
    List<Map<String, Double>> first;
    List<Value> drawn;
    int[][] tokens = {{1, 2, 3, 4}, {0, 0, 0, 0}, {1, 2, 3, 4}};
    Object[] options = {"condition_dropout", 0.5, "masked_cfg", true, "scheduler", "ddpm"};
    try (DiffusionTokenizer tokenizer = tiny(options)) {
      first = train(tokenizer, 0, 4);
      drawn = tokenizer.decode(tokens);
    }
    try (DiffusionTokenizer tokenizer = tiny(options)) {
      assertThat(train(tokenizer, 0, 4)).isEqualTo(first);
      assertThat(data(tokenizer.decode(tokens))).isDeepEqualTo(data(drawn));
      float[][] alone = data(tokenizer.decode(new int[][] {tokens[1]}));
      for (int j = 0; j < alone[0].length; j++) {
        assertThat(alone[0][j] - data(drawn)[1][j]).isBetween(-1e-4f, 1e-4f);
      }
      assertThat(data(drawn)[0]).isEqualTo(data(drawn)[2]).isNotEqualTo(data(drawn)[1]);
    }
  }

  private static float[][] data(List<Value> values) {
    return values.stream().map(v -> ((Value.Raster) v).data()).toArray(float[][]::new);
  }

  @Test
  void drawsItsNoiseFromGivenSeedsWhateverIsDecodedWithIt() {
    try (DiffusionTokenizer tokenizer = tiny()) {
      train(tokenizer, 0, 3);
      int[][] tokens = {{1, 2, 3, 4}, {1, 2, 3, 4}, {5, 6, 7, 8}};
      float[][] drawn = data(tokenizer.decode(tokens, new long[] {7, 8, 7}));
      assertThat(drawn[0]).isNotEqualTo(drawn[1]);
      assertThat(data(tokenizer.decode(tokens, new long[] {7, 8, 7}))).isDeepEqualTo(drawn);
      float[] alone = data(tokenizer.decode(new int[][] {tokens[1]}, new long[] {8}))[0];
      for (int i = 0; i < alone.length; i++) {
        assertThat(alone[i]).isCloseTo(drawn[1][i], within(1e-4f));
      }
      assertThatThrownBy(() -> tokenizer.decode(tokens, new long[] {1}))
          .hasMessageContaining("1 seeds for 3 rows");
    }
  }

  @Test
  void namesEveryWrongSettingAtOnce() {
    assertThatThrownBy(
            () ->
                tiny(
                    "channels",
                    33,
                    "chanels",
                    32,
                    "channel_mult",
                    "1,x",
                    "scheduler",
                    "pndm",
                    "beta_schedule",
                    "cosine",
                    "epsilon_loss",
                    true))
        .hasMessageContaining("channels is 33, must be a multiple of 32")
        .hasMessageContaining("unknown tokenizer setting 'chanels'; allowed are attention")
        .hasMessageContaining("channel_mult is '1,x', must be whole numbers")
        .hasMessageContaining("scheduler is 'pndm', must be one of ddim, ddpm")
        .hasMessageContaining("'cosine' is unknown; allowed are linear")
        .hasMessageContaining("epsilon_loss is true, must be false");
    assertThatThrownBy(() -> tiny("prediction", "epsilon"))
        .hasMessageContaining("prediction is 'epsilon'")
        .hasMessageContaining("zero_terminal_snr");
    assertThatThrownBy(() -> create(1, 20, 2, 16, TINY))
        .hasMessageContaining("20 pixels is no multiple of 8");
    assertThatThrownBy(() -> tiny("weights", "/no/such.safetensors"))
        .hasMessageContaining("/no/such.safetensors");
    try (DiffusionTokenizer tokenizer = tiny()) {
      assertThatThrownBy(() -> tokenizer.decode(new int[][] {{1, 2}}))
          .hasMessageContaining("row 0 has 2 tokens, must have 4");
      assertThatThrownBy(() -> tokenizer.decode(new int[][] {{1, 2, 16, 0}}))
          .hasMessageContaining("token 16 in row 0 is outside 0 to 15");
    }
  }

  @Test
  void isChosenByTheDecoderThatARecipeNames() {
    Map<String, Object> plain = Map.of("dim", 16, "depth", 1, "heads", 2, "latent", 4);
    try (Tokenizer without = RasterVae.of("mse").create(context(1, 16, 2, 16, plain));
        Tokenizer with =
            RasterVae.of("mse").create(context(1, 16, 2, 16, with("decoder", "unet")))) {
      assertThat(without).isNotInstanceOf(DiffusionTokenizer.class);
      assertThat(with).isInstanceOf(DiffusionTokenizer.class);
    }
  }
}
