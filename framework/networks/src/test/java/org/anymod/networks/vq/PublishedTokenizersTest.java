package org.anymod.networks.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.anymod.spi.Kind;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.anymod.torch.SafeTensors;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in the published form give the recorded tokens and numbers. */
class PublishedTokenizersTest {
  private static final ValueSpec PICTURE = new ValueSpec.RasterSpec(3, -1, 1);
  private static final ValueSpec VECTOR = new ValueSpec.VectorsSpec(20, 1, -1000, 1000);

  @TempDir Path folder;

  private final TensorScope scope = TensorScope.on(Device.cpu());
  private final NDManager manager = scope.manager();

  @AfterEach
  void close() {
    scope.close();
  }

  private static Path file(String name) {
    try {
      return Path.of(
          PublishedTokenizersTest.class
              .getResource("/tokenizers/" + name + ".safetensors")
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, NDArray> expected(String name) throws IOException {
    return SafeTensors.read(file(name + ".expected"), manager);
  }

  private VqTokenizer open(
      TokenizerFactory factory,
      String name,
      ValueSpec spec,
      Kind grid,
      int resolution,
      Map<String, Object> more) {
    Map<String, Object> settings = new LinkedHashMap<>(more);
    settings.put("weights", file(name).toString());
    if (name.contains("vit")) {
      settings.put("heads", 4);
    }
    return new TestContext(spec, grid, resolution, settings, 1, manager).create(factory);
  }

  private static void assertClose(NDArray own, NDArray recorded, double tolerance) {
    assertThat(own.size()).isEqualTo(recorded.size());
    float[] a = own.toFloatArray();
    float[] b = recorded.toFloatArray();
    for (int i = 0; i < a.length; i++) {
      assertThat((double) a[i]).isCloseTo(b[i], within(tolerance));
    }
  }

  /** Recorded maps (batch, width, places...) as (batch, places, width). */
  private static NDArray places(NDArray map) {
    Shape shape = map.getShape();
    return map.reshape(shape.get(0), shape.get(1), -1).swapAxes(1, 2);
  }

  /** Compares every stage of a pass, the tensors being already as the network takes them. */
  private void assertStages(
      VqTokenizer tokenizer,
      Map<String, NDArray> recorded,
      String run,
      NDArray input,
      int side,
      double tolerance) {
    VqEncoder encoder = tokenizer.network().encoder();
    assertClose(
        encoder.features(input, manager), places(recorded.get(run + "/encoder_output")), tolerance);
    assertClose(
        encoder.latents(input, manager), places(recorded.get(run + "/pre_quant")), tolerance);
    Quantized quantized = encoder.encode(input, manager);
    assertThat(quantized.ids().toLongArray())
        .isEqualTo(recorded.get(run + "/tokens").toLongArray());
    assertClose(quantized.latents(), places(recorded.get(run + "/quant")), tolerance);
    NDArray output = tokenizer.network().decode(quantized.latents(), side, side, manager);
    assertClose(output, recorded.get(run + "/reconstruction"), tolerance);
    if (recorded.containsKey(run + "/decode_tokens")) {
      assertClose(output, recorded.get(run + "/decode_tokens"), tolerance);
    }
  }

  @Test
  void encodesAndDecodesPicturesAlsoAtAnotherSize() throws IOException {
    Map<String, NDArray> recorded = expected("vqvae_vit_rgb");
    Map<String, Object> none = Map.of();
    try (VqTokenizer small =
            open(
                VitVqVae.forRasters("mse"),
                "vqvae_vit_rgb",
                PICTURE,
                TestContext.grid(4, 4, 64),
                32,
                none);
        VqTokenizer large =
            open(
                VitVqVae.forRasters("mse"),
                "vqvae_vit_rgb",
                PICTURE,
                TestContext.grid(6, 6, 64),
                48,
                none)) {
      assertStages(small, recorded, "x32", recorded.get("x32/input"), 4, 2e-5);
      assertStages(large, recorded, "x48", recorded.get("x48/input"), 6, 2e-5);
    }
  }

  @Test
  void encodesAndDecodesFeatureMaps() throws IOException {
    Map<String, NDArray> recorded = expected("vqvae_vit_featmap");
    for (int side : new int[] {4, 6}) {
      try (VqTokenizer tokenizer =
          open(
              VitVqVae.forFeatures("smooth_l1"),
              "vqvae_vit_featmap",
              new ValueSpec.RasterSpec(24, -1000, 1000),
              TestContext.grid(side, side, 64),
              side * 8,
              Map.of())) {
        String run = "x" + side + "x" + side;
        NDArray input = recorded.get(run + "/input");
        assertStages(tokenizer, recorded, run, input, side, 2e-5);
        List<Value> values = List.of(new Value.Raster(24, side, side, input.get(0).toFloatArray()));
        int[][] tokens = tokenizer.encode(values);
        assertThat(IntStream.of(tokens[0]).asLongStream().toArray())
            .isEqualTo(recorded.get(run + "/tokens").get(0).toLongArray());
        float[] decoded = ((Value.Raster) tokenizer.decode(tokens).get(0)).data();
        assertClose(manager.create(decoded), recorded.get(run + "/decode_tokens").get(0), 2e-5);
      }
    }
  }

  @Test
  void encodesAndDecodesClassMaps() throws IOException {
    Map<String, NDArray> recorded = expected("vqvae_vit_semseg");
    List<String> labels = IntStream.range(0, 11).mapToObj(i -> "c" + i).toList();
    try (VqTokenizer tokenizer =
        open(
            VitVqVae.forClassMaps(),
            "vqvae_vit_semseg",
            new ValueSpec.ClassMapSpec(labels, OptionalInt.empty()),
            TestContext.grid(4, 4, 64),
            32,
            Map.of())) {
      assertStages(tokenizer, recorded, "x32", recorded.get("x32/input"), 4, 2e-5);
    }
  }

  @Test
  void comparesByDistanceAndConvolvesMasks() throws IOException {
    String name = "vqvae_vit_outconv_euclid_nopostmlp";
    Map<String, NDArray> recorded = expected(name);
    try (VqTokenizer tokenizer =
        open(
            VitVqVae.forMasks(),
            name,
            new ValueSpec.RasterSpec(1, 0, 1),
            TestContext.grid(4, 4, 64),
            32,
            Map.of())) {
      assertStages(tokenizer, recorded, "x32", recorded.get("x32/input"), 4, 1e-4);
      int[][] tokens = new int[1][16];
      for (int i = 0; i < 16; i++) {
        tokens[0][i] = (int) recorded.get("x32/tokens").toLongArray()[i];
      }
      float[] mask = ((Value.Raster) tokenizer.decode(tokens).get(0)).data();
      float[] logits = recorded.get("x32/decode_tokens").get(0).toFloatArray();
      for (int i = 0; i < mask.length; i++) {
        assertThat(mask[i]).isEqualTo(logits[i] > 0 ? 1 : 0);
      }
    }
  }

  @Test
  void undoesTheStandardisationOfPictures() throws IOException {
    Map<String, NDArray> recorded = expected("vqvae_vit_undo_std");
    try (VqTokenizer tokenizer =
        open(
            VitVqVae.forRasters("mse"),
            "vqvae_vit_undo_std",
            new ValueSpec.RasterSpec(3, -100, 100),
            TestContext.grid(4, 4, 64),
            32,
            Map.of("undo_std", true))) {
      float[] input = recorded.get("x32/input").toFloatArray();
      int[][] tokens = tokenizer.encode(List.of(new Value.Raster(3, 32, 32, input)));
      assertThat(IntStream.of(tokens[0]).asLongStream().toArray())
          .isEqualTo(recorded.get("x32/tokens").toLongArray());
      float[] decoded = ((Value.Raster) tokenizer.decode(tokens).get(0)).data();
      float[] reference = recorded.get("x32/decode_tokens").toFloatArray();
      double[] mean = {0.485, 0.456, 0.406};
      double[] deviation = {0.229, 0.224, 0.225};
      for (int i = 0; i < decoded.length; i++) {
        int c = i / 1024;
        double picture = (decoded[i] * deviation[c] + mean[c]) * 2 - 1;
        assertThat(picture).isCloseTo(reference[i], within(2e-5));
      }
    }
  }

  @Test
  void encodesAndDecodesVectorsWithSeveralCodebooks() throws IOException {
    Map<String, NDArray> recorded = expected("vqvae_mlp_memcodes");
    try (VqTokenizer tokenizer =
        open(
            MlpVqVae.forVectors("smooth_l1"),
            "vqvae_mlp_memcodes",
            VECTOR,
            TestContext.grid(1, 4, 64),
            1,
            Map.of())) {
      NDArray input = recorded.get("x1x1/input");
      assertStages(tokenizer, recorded, "x1x1", input, 1, 2e-5);
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        values.add(new Value.Vectors(1, 20, input.get(i).toFloatArray()));
      }
      int[][] tokens = tokenizer.encode(values);
      assertThat(IntStream.range(0, 12).mapToLong(i -> tokens[i / 4][i % 4]).toArray())
          .isEqualTo(recorded.get("x1x1/tokens").toLongArray());
      float[] last = ((Value.Vectors) tokenizer.decode(tokens).get(2)).data();
      assertClose(manager.create(last), recorded.get("x1x1/decode_tokens").get(2), 2e-5);
    }
  }

  @Test
  void encodesAndDecodesVectorsWithOneCodebookAndPlainLayers() throws IOException {
    String name = "vqvae_mlp_memcodes_1head_mlp";
    Map<String, NDArray> recorded = expected(name);
    try (VqTokenizer tokenizer =
        open(
            MlpVqVae.forVectors("smooth_l1"),
            name,
            new ValueSpec.RasterSpec(20, -1000, 1000),
            TestContext.grid(1, 1, 64),
            1,
            Map.of())) {
      assertStages(tokenizer, recorded, "x1x1", recorded.get("x1x1/input"), 1, 2e-5);
      float[] first = recorded.get("x1x1/input").get(0).toFloatArray();
      int[][] tokens = tokenizer.encode(List.of(new Value.Raster(20, 1, 1, first)));
      assertThat((long) tokens[0][0]).isEqualTo(recorded.get("x1x1/tokens").toLongArray()[0]);
      Value.Raster decoded = (Value.Raster) tokenizer.decode(tokens).get(0);
      assertClose(manager.create(decoded.data()), recorded.get("x1x1/reconstruction").get(0), 2e-5);
    }
  }

  private void assertRefused(String message, Map<String, Object> settings, int vocabulary) {
    TestContext context =
        new TestContext(PICTURE, TestContext.grid(4, 4, vocabulary), 32, settings, 1, manager);
    assertThatThrownBy(() -> context.create(VitVqVae.forRasters("mse")))
        .hasMessageContaining(message);
  }

  private Path changed(String key, String value) throws IOException {
    Map<String, String> metadata =
        new LinkedHashMap<>(SafeTensors.header(file("vqvae_vit_rgb")).metadata());
    metadata.put(key, value);
    Path path = folder.resolve(key + ".safetensors");
    SafeTensors.write(path, SafeTensors.read(file("vqvae_vit_rgb"), manager), metadata);
    return path;
  }

  @Test
  void saysWhyAFileDoesNotFit() throws IOException {
    String rgb = file("vqvae_vit_rgb").toString();
    assertRefused("codebook_size is 64, but the modality needs 32", with(rgb, "heads", 4), 32);
    assertRefused("say it with the setting heads", Map.of("weights", rgb), 64);
    Map<String, Object> latent = with(rgb, "heads", 4);
    latent.put("latent", 8);
    assertRefused("latent is 8, but ", latent, 64);
    assertRefused("cannot read nowhere", with("nowhere", "heads", 4), 64);
    assertRefused(
        "is a tokenizer with 'beta_schedule', which this family does not support",
        with(changed("beta_schedule", "linear").toString(), "heads", 4),
        64);
    assertRefused(
        "quant_type is 'gumbel', must be lucid or memcodes",
        with(changed("quant_type", "gumbel").toString(), "heads", 4),
        64);
    assertRefused(
        "must be a ViT such as vit_b_enc",
        with(changed("enc_type", "MLP/B_1-Wi_8").toString(), "heads", 4),
        64);
    assertRefused("out_conv.0.gamma", with(changed("out_conv", "True").toString(), "heads", 4), 64);
  }

  private static Map<String, Object> with(String file, String key, Object value) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("weights", file);
    settings.put(key, value);
    return settings;
  }

  @Test
  void startsFromWeightsThatAreSavedWithoutArguments() throws IOException {
    Map<String, Object> size = Map.of("dim", 16, "depth", 1, "heads", 2, "latent", 4);
    TestContext fresh = new TestContext(PICTURE, TestContext.grid(2, 2, 8), 16, size, 5, manager);
    Path own = folder.resolve("own.safetensors");
    int[][] tokens;
    Value picture = new Value.Raster(3, 16, 16, new float[768]);
    try (VqTokenizer tokenizer = fresh.create(VitVqVae.forRasters("mse"))) {
      SafeTensors.write(own, tokenizer.state(), Map.of("key", "tok@16", "family", "vit-vqvae"));
      tokens = tokenizer.encode(List.of(picture));
    }
    Map<String, Object> settings = new LinkedHashMap<>(size);
    settings.put("weights", own.toString());
    TestContext again =
        new TestContext(PICTURE, TestContext.grid(2, 2, 8), 16, settings, 6, manager);
    try (VqTokenizer tokenizer = again.create(VitVqVae.forRasters("mse"))) {
      assertThat(tokenizer.encode(List.of(picture))).isDeepEqualTo(tokens);
    }
  }
}
