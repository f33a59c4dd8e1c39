package org.anymod.networks.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.anymod.networks.loss.StandardLoss;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.anymod.spi.Loss;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.TrainableTokenizer;
import org.anymod.spi.TrainingStep;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.anymod.torch.SafeTensors;
import org.anymod.torch.StreamRandom;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VitVqVaeTest {
  private static final Map<String, Object> TINY =
      Map.of("dim", 32, "depth", 2, "heads", 4, "latent", 16, "class_width", 8);

  private final TensorScope scope = TensorScope.on(Device.cpu());

  @AfterEach
  void close() {
    scope.close();
  }

  private record Context(
      ValueSpec value, int vocabulary, Map<String, Object> settings, long seed, NDManager manager)
      implements TokenizerContext {
    @Override
    public Declaration declaration() {
      return Declaration.inputAndOutput(
          "tok@32", new Kind.TokenGrid(4, 4, vocabulary, Kind.Positions.SINE_COSINE));
    }

    @Override
    public int resolution() {
      return 32;
    }

    @Override
    public Loss loss(String name) {
      return StandardLoss.all().stream()
          .filter(l -> l.name().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }

  private Tokenizer create(
      TokenizerFactory factory, ValueSpec spec, int codes, Map<String, Object> settings) {
    return factory.create(new Context(spec, codes, settings, 1, scope.manager()));
  }

  private Map<String, NDArray> resource(String name) throws IOException {
    try {
      return SafeTensors.read(
          Path.of(VitVqVaeTest.class.getResource("/tokenizers/" + name + ".safetensors").toURI()),
          scope.manager());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int[][] rows(NDArray tokens) {
    long[] flat = tokens.toLongArray();
    int count = flat.length / (int) tokens.getShape().get(0);
    int[][] rows = new int[flat.length / count][count];
    for (int i = 0; i < flat.length; i++) {
      rows[i / count][i % count] = (int) flat[i];
    }
    return rows;
  }

  @Test
  void reproducesThePublishedPictureTokenizer() throws IOException {
    Map<String, NDArray> expected = resource("vqvae_vit_rgb.expected");
    try (Tokenizer tokenizer =
        create(VitVqVae.forRasters("mse"), new ValueSpec.RasterSpec(3, -1, 1), 64, TINY)) {
      tokenizer.load(resource("vqvae_vit_rgb"));
      NDArray input = expected.get("x32/input");
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        values.add(new Value.Raster(3, 32, 32, input.get(i).toFloatArray()));
      }
      int[][] tokens = tokenizer.encode(values);
      assertThat(tokens).isDeepEqualTo(rows(expected.get("x32/tokens")));
      List<Value> decoded = tokenizer.decode(tokens);
      for (int i = 0; i < 2; i++) {
        float[] own = ((Value.Raster) decoded.get(i)).data();
        float[] reference = expected.get("x32/decode_tokens").get(i).toFloatArray();
        for (int j = 0; j < own.length; j++) {
          // Values are cut to the declared range on the way out.
          float allowed = Math.max(-1, Math.min(1, reference[j]));
          assertThat(own[j]).isCloseTo(allowed, within(2e-5f));
        }
      }
    }
  }

  @Test
  void reproducesThePublishedClassMapTokenizer() throws IOException {
    Map<String, NDArray> expected = resource("vqvae_vit_semseg.expected");
    List<String> labels = IntStream.range(0, 11).mapToObj(i -> "c" + i).toList();
    try (Tokenizer tokenizer =
        create(
            VitVqVae.forClassMaps(),
            new ValueSpec.ClassMapSpec(labels, OptionalInt.empty()),
            64,
            TINY)) {
      tokenizer.load(resource("vqvae_vit_semseg"));
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        long[] ids = expected.get("x32/input").get(i).toLongArray();
        int[] classes = new int[ids.length];
        for (int j = 0; j < ids.length; j++) {
          classes[j] = (int) ids[j];
        }
        values.add(new Value.ClassMap(32, 32, classes));
      }
      int[][] tokens = tokenizer.encode(values);
      assertThat(tokens).isDeepEqualTo(rows(expected.get("x32/tokens")));
      List<Value> decoded = tokenizer.decode(tokens);
      long[] best = expected.get("x32/decode_tokens").argMax(1).toLongArray();
      for (int i = 0; i < best.length; i++) {
        assertThat(((Value.ClassMap) decoded.get(i / 1024)).data()[i % 1024])
            .isEqualTo((int) best[i]);
      }
    }
  }

  private static List<Value> gradients(int count) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StreamRandom random = StreamRandom.at(4, "gradient", i);
      float[] data = new float[32 * 32];
      double slope = random.nextDouble();
      for (int p = 0; p < data.length; p++) {
        data[p] = (float) (slope * (p % 32) / 32 + (1 - slope) * (p / 32) / 32.0);
      }
      values.add(new Value.Raster(1, 32, 32, data));
    }
    return values;
  }

  private double train(int steps, List<Map<String, Double>> log) {
    Map<String, Object> settings = new LinkedHashMap<>(TINY);
    settings.put("ema_decay", 0.9);
    try (TrainableTokenizer tokenizer =
        (TrainableTokenizer)
            create(VitVqVae.forRasters("l1"), new ValueSpec.RasterSpec(1, 0, 1), 32, settings)) {
      for (int i = 0; i < steps; i++) {
        log.add(
            tokenizer.step(TrainingStep.of(gradients(16), 3e-3, StreamRandom.at(2, "step", i))));
      }
      List<Value> values = gradients(4);
      List<Value> decoded = tokenizer.decode(tokenizer.encode(values));
      double sum = 0;
      for (int i = 0; i < 4; i++) {
        float[] a = ((Value.Raster) values.get(i)).data();
        float[] b = ((Value.Raster) decoded.get(i)).data();
        for (int j = 0; j < a.length; j++) {
          sum += Math.abs(a[j] - b[j]) / (4.0 * a.length);
        }
      }
      return sum;
    }
  }

  @Test
  void learnsToReconstructDeterministically() {
    List<Map<String, Double>> log = new ArrayList<>();
    double error = train(80, log);
    assertThat(error).isLessThan(0.06);
    assertThat(log.get(79).get("perplexity")).isGreaterThan(4);
    List<Map<String, Double>> again = new ArrayList<>();
    assertThat(train(80, again)).isEqualTo(error);
    assertThat(again).isEqualTo(log);
  }

  @Test
  void encodesAloneAsInABatch() {
    try (Tokenizer tokenizer =
        create(VitVqVae.forRasters("l1"), new ValueSpec.RasterSpec(1, 0, 1), 32, TINY)) {
      List<Value> values = gradients(20);
      int[][] together = tokenizer.encode(values);
      for (int i = 0; i < values.size(); i++) {
        assertThat(tokenizer.encode(values.subList(i, i + 1))[0]).isEqualTo(together[i]);
      }
    }
  }

  @Test
  void saysWhichSettingIsWrong() {
    ValueSpec spec = new ValueSpec.RasterSpec(1, 0, 1);
    assertThatThrownBy(() -> create(VitVqVae.forRasters("l1"), spec, 32, Map.of("dims", 3)))
        .hasMessageContaining("unknown tokenizer setting 'dims'; allowed are class_width, clip");
    assertThatThrownBy(
            () -> create(VitVqVae.forRasters("l1"), spec, 32, Map.of("dim", 30, "heads", 4)))
        .hasMessageContaining("dim is 30, must be a multiple of 4 and of heads = 4");
    assertThatThrownBy(() -> create(VitVqVae.forRasters("l1"), spec, 32, Map.of("depth", "deep")))
        .hasMessageContaining("depth is 'deep', must be a whole number in [1, 64]");
    assertThatThrownBy(() -> create(VitVqVae.forClassMaps(), spec, 32, TINY))
        .hasMessageContaining("needs class maps");
  }

  @Test
  void refusesTokensAndWeightsThatDoNotFit() {
    try (Tokenizer tokenizer =
        create(VitVqVae.forRasters("l1"), new ValueSpec.RasterSpec(1, 0, 1), 32, TINY)) {
      assertThatThrownBy(() -> tokenizer.decode(new int[][] {new int[3]}))
          .hasMessageContaining("row 0 has 3 tokens, must have 16");
      int[] tokens = new int[16];
      tokens[5] = 32;
      assertThatThrownBy(() -> tokenizer.decode(new int[][] {tokens}))
          .hasMessageContaining("token 32 in row 0 is outside 0 to 31");
      Map<String, NDArray> state = new LinkedHashMap<>(tokenizer.state());
      state.remove("quant_proj.bias");
      state.put("extra", scope.manager().create(1f));
      assertThatThrownBy(() -> tokenizer.load(state))
          .hasMessageContaining("missing quant_proj.bias")
          .hasMessageContaining("unexpected extra");
    }
  }

  @Test
  void keepsTensorsFlatWhileTraining() {
    int before = scope.liveTensors();
    train(5, new ArrayList<>());
    assertThat(scope.liveTensors()).isEqualTo(before);
  }
}
