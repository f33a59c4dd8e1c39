package org.anymod.networks.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.anymod.networks.ScriptFile;
import org.anymod.spi.ComputeType;
import org.anymod.spi.Kind;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.TrainingStep;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.anymod.torch.StreamRandom;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every family learns, repeats itself, and frees what it takes. */
class TokenizerFamiliesTest {
  private static final int STEPS = 40;
  private static final ValueSpec MASK = new ValueSpec.RasterSpec(1, 0, 1);
  private static final ValueSpec FEATURES = new ValueSpec.RasterSpec(6, -10, 10);
  private static final ValueSpec VECTORS = new ValueSpec.VectorsSpec(12, 1, -10, 10);

  @TempDir Path folder;

  private final TensorScope scope = TensorScope.on(Device.cpu());

  @AfterEach
  void close() {
    scope.close();
  }

  private static Map<String, Object> vit(Object... more) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("dim", 16);
    settings.put("depth", 1);
    settings.put("heads", 2);
    settings.put("post_mlp", false);
    settings.put("ema_decay", 0.8);
    return with(settings, more);
  }

  private static Map<String, Object> mlp(Object... more) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("encoder", "BottleneckMLP/B_2-Wi_32");
    return with(settings, more);
  }

  private static Map<String, Object> with(Map<String, Object> settings, Object... more) {
    for (int i = 0; i < more.length; i += 2) {
      settings.put((String) more[i], more[i + 1]);
    }
    return settings;
  }

  private VqTokenizer create(
      TokenizerFactory factory, ValueSpec spec, Kind grid, Map<String, Object> settings) {
    return new TestContext(spec, grid, 16, settings, 1, scope.manager()).create(factory);
  }

  private static List<Map<String, Double>> train(
      VqTokenizer tokenizer, int from, int to, IntFunction<Value> value) {
    List<Map<String, Double>> log = new ArrayList<>();
    for (int step = from; step < to; step++) {
      List<Value> batch = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        batch.add(value.apply(step * 16 + i));
      }
      log.add(tokenizer.step(TrainingStep.of(batch, 4e-3, StreamRandom.at(2, "step", step))));
    }
    return log;
  }

  private static double mean(List<Map<String, Double>> log, int from, int to) {
    return log.subList(from, to).stream()
        .mapToDouble(figures -> figures.get("reconstruction"))
        .average()
        .orElseThrow();
  }

  /** Trains some steps; the reconstruction loss must fall to the given part of what it was. */
  private void assertLearns(
      TokenizerFactory factory,
      ValueSpec spec,
      Kind grid,
      Map<String, Object> settings,
      IntFunction<Value> value,
      double part) {
    try (VqTokenizer tokenizer = create(factory, spec, grid, settings)) {
      List<Map<String, Double>> log = train(tokenizer, 0, 2, value);
      int live = tokenizer.liveTensors();
      log.addAll(train(tokenizer, 2, STEPS, value));
      assertThat(tokenizer.liveTensors()).isEqualTo(live);
      double first = mean(log, 0, 4);
      double last = mean(log, STEPS - 5, STEPS);
      assertThat(last).as("%s from %s", settings, first).isLessThan(part * first);
      int[][] tokens = tokenizer.encode(List.of(value.apply(3)));
      assertThat(spec.violation(tokenizer.decode(tokens).get(0))).isEmpty();
      int used = tokenizer.liveTensors();
      tokenizer.decode(tokenizer.encode(List.of(value.apply(4))));
      assertThat(tokenizer.liveTensors()).isEqualTo(used);
    }
  }

  private static Value disc(int i) {
    StreamRandom random = StreamRandom.at(4, "disc", i);
    double x = 4 + 8 * random.nextDouble();
    double y = 4 + 8 * random.nextDouble();
    float[] data = new float[256];
    for (int p = 0; p < data.length; p++) {
      data[p] = Math.hypot(p % 16 - x, p / 16 - y) < 5 ? 1 : 0;
    }
    return new Value.Raster(1, 16, 16, data);
  }

  /** Four places, each one of five directions. */
  private static Value features(int i) {
    StreamRandom random = StreamRandom.at(4, "features", i);
    float[] data = new float[6 * 4];
    for (int p = 0; p < 4; p++) {
      int kind = random.nextInt(5);
      for (int c = 0; c < 6; c++) {
        data[c * 4 + p] = (float) (2 * Math.cos(kind * (c + 1)) + 0.05 * random.nextGaussian());
      }
    }
    return new Value.Raster(6, 2, 2, data);
  }

  private static Value vector(int i) {
    StreamRandom random = StreamRandom.at(4, "vector", i);
    int a = random.nextInt(4);
    int b = random.nextInt(4);
    float[] data = new float[12];
    for (int c = 0; c < 12; c++) {
      data[c] = (float) (c < 6 ? Math.sin(a * (c + 1)) : Math.cos(b * (c + 1)));
    }
    return new Value.Vectors(1, 12, data);
  }

  @Test
  void learnMasks() {
    Kind grid = TestContext.grid(4, 4, 32);
    assertLearns(
        VitVqVae.forMasks(), MASK, grid, vit("latent", 8), TokenizerFamiliesTest::disc, 0.5);
    assertLearns(
        VitVqVae.forMasks(),
        MASK,
        grid,
        vit("latent", 8, "out_conv", true, "quantizer", "euclidean", "kmeans", true),
        TokenizerFamiliesTest::disc,
        0.5);
  }

  @Test
  void learnFeatureMapsWithEachQuantizer() {
    TokenizerFactory factory = VitVqVae.forFeatures("mse");
    IntFunction<Value> value = TokenizerFamiliesTest::features;
    Kind grid = TestContext.grid(2, 2, 16);
    assertLearns(factory, FEATURES, grid, vit("latent", 8, "kmeans", true), value, 0.6);
    assertLearns(factory, FEATURES, grid, vit("latent", 8, "quantizer", "euclidean"), value, 0.6);
    assertLearns(factory, FEATURES, grid, vit("latent", 8, "quantizer", "memcodes"), value, 0.85);
    assertLearns(factory, FEATURES, grid, vit("quantizer", "fsq", "levels", "4, 4"), value, 0.6);
    assertLearns(
        factory,
        FEATURES,
        TestContext.grid(4, 2, 8),
        vit("latent", 8, "codebooks", 2, "renormalise", true),
        value,
        0.6);
  }

  @Test
  void learnVectorsWithSeveralCodebooks() {
    IntFunction<Value> value = TokenizerFamiliesTest::vector;
    Kind grid = TestContext.grid(1, 4, 8);
    assertLearns(MlpVqVae.forVectors("mse"), VECTORS, grid, mlp("latent", 16), value, 0.7);
    assertLearns(
        MlpVqVae.forVectors("cosine_1d"),
        VECTORS,
        grid,
        mlp("quantizer", "fsq", "levels", "4, 2"),
        value,
        0.5);
    assertLearns(
        MlpVqVae.forVectors("mse"),
        VECTORS,
        grid,
        mlp("encoder", "MLP/B_2-Wi_32", "latent", 8, "quantizer", "cosine"),
        value,
        0.7);
  }

  @Test
  void learnFromTheFeaturesOfANetworkOfTheUser() throws IOException {
    Path file = folder.resolve("net.pt");
    ScriptFile.write(file);
    Kind grid = TestContext.grid(4, 4, 32);
    Map<String, Object> settings = vit("latent", 8, "loss", "l1", "perceptual_weight", 0.5);
    settings.put("perceptual_model", file.toString());
    settings.put("perceptual_distance", "l1");
    settings.put("perceptual_mean", List.of(0.5));
    try (VqTokenizer tokenizer = create(VitVqVae.forRasters("mse"), MASK, grid, settings)) {
      List<Map<String, Double>> log = train(tokenizer, 0, 2, TokenizerFamiliesTest::disc);
      int live = tokenizer.liveTensors();
      log.addAll(train(tokenizer, 2, STEPS, TokenizerFamiliesTest::disc));
      assertThat(tokenizer.liveTensors()).isEqualTo(live);
      assertThat(log.get(STEPS - 1).get("loss")).isLessThan(0.7 * log.get(0).get("loss"));
      assertThat(log.get(0).get("loss")).isGreaterThan(log.get(0).get("reconstruction") + 0.01);
    }
  }

  @Test
  void decodeWithPatchesOfAnotherSize() {
    Map<String, Object> settings = vit("latent", 8, "patch_size_dec", 2);
    assertLearns(
        VitVqVae.forMasks(),
        MASK,
        TestContext.grid(4, 4, 32),
        settings,
        TokenizerFamiliesTest::disc,
        0.6);
    try (VqTokenizer tokenizer =
        create(VitVqVae.forMasks(), MASK, TestContext.grid(4, 4, 32), settings)) {
      Value.Raster small =
          (Value.Raster) tokenizer.decode(tokenizer.encode(List.of(disc(1)))).get(0);
      assertThat(small.height()).isEqualTo(8);
    }
  }

  @Test
  void goOnBitForBitFromSavedState() {
    assertGoesOn(
        MlpVqVae.forVectors("mse"),
        VECTORS,
        TestContext.grid(1, 4, 8),
        mlp("latent", 16),
        TokenizerFamiliesTest::vector);
    assertGoesOn(
        VitVqVae.forFeatures("mse"),
        FEATURES,
        TestContext.grid(2, 2, 16),
        vit("quantizer", "euclidean", "kmeans", true, "dead_code_policy", "most_used"),
        TokenizerFamiliesTest::features);
  }

  private void assertGoesOn(
      TokenizerFactory factory,
      ValueSpec spec,
      Kind grid,
      Map<String, Object> settings,
      IntFunction<Value> value) {
    try (VqTokenizer whole = create(factory, spec, grid, settings);
        VqTokenizer first = create(factory, spec, grid, settings);
        VqTokenizer second = create(factory, spec, grid, settings)) {
      List<Map<String, Double>> log = train(whole, 0, 6, value);
      train(first, 0, 3, value);
      second.load(first.state());
      second.loadTrainingState(first.trainingState());
      assertThat(train(second, 3, 6, value)).isEqualTo(log.subList(3, 6));
      Map<String, NDArray> state = whole.state();
      second
          .state()
          .forEach(
              (name, tensor) ->
                  assertThat(tensor.toFloatArray())
                      .as(name)
                      .isEqualTo(state.get(name).toFloatArray()));
    }
  }

  @Test
  void learnFromSeveralBatchesWhatOneLargeOneTeaches() {
    Kind places = TestContext.grid(2, 2, 16);
    Map<String, Object> settings = vit("quantizer", "euclidean", "kmeans", true);
    try (VqTokenizer whole = create(VitVqVae.forFeatures("mse"), FEATURES, places, settings);
        VqTokenizer parts = create(VitVqVae.forFeatures("mse"), FEATURES, places, settings)) {
      for (int step = 0; step < 4; step++) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
          values.add(features(step * 16 + i));
        }
        List<List<Value>> split = List.of(values.subList(0, 4), values.subList(4, 16));
        Map<String, Double> expected =
            whole.step(TrainingStep.of(values, 1e-3, StreamRandom.at(2, "step", step)));
        Map<String, Double> found =
            parts.step(new TrainingStep(split, 1e-3, StreamRandom.at(2, "step", step)));
        expected.forEach(
            (name, value) ->
                assertThat(found.get(name)).as(name).isCloseTo(value, within(2e-4 * value + 1e-9)));
      }
    }
  }

  @Test
  void learnFromPicturesOfOtherSizes() {
    TokenizerFactory factory = VitVqVae.forRasters("mse");
    Kind grid = TestContext.grid(4, 4, 8);
    ValueSpec spec = new ValueSpec.RasterSpec(1, 0, 1);
    TestContext context = new TestContext(spec, grid, 16, vit("latent", 8), 1, scope.manager());
    assertThat(factory.resolutionStep(context)).hasValue(4);
    assertThat(VitVqVae.forMasks().resolutionStep(context)).isEmpty();
    assertThat(MlpVqVae.forVectors("mse").resolutionStep(context)).isEmpty();
    try (VqTokenizer tokenizer = context.create(factory)) {
      for (int side : new int[] {8, 16, 20}) {
        Value flat = new Value.Raster(1, side, side, new float[side * side]);
        assertThat(tokenizer.step(TrainingStep.of(List.of(flat), 1e-3, StreamRandom.at(1, "size"))))
            .hasEntrySatisfying("loss", loss -> assertThat(loss).isFinite());
      }
      Value odd = new Value.Raster(1, 18, 18, new float[18 * 18]);
      assertThatThrownBy(
              () -> tokenizer.step(TrainingStep.of(List.of(odd), 1e-3, StreamRandom.at(1, "odd"))))
          .hasMessageContaining("18 pixels do not divide into patches of 4 pixels");
    }
  }

  @Test
  void learnNearlyTheSameInBfloat16() {
    Map<TokenizerFactory, TestContext> families =
        Map.of(
            VitVqVae.forFeatures("mse"),
            new TestContext(FEATURES, TestContext.grid(2, 2, 16), 16, vit(), 1, scope.manager()),
            MlpVqVae.forVectors("mse"),
            new TestContext(
                VECTORS, TestContext.grid(1, 4, 8), 16, mlp("latent", 16), 1, scope.manager()));
    families.forEach(
        (factory, context) -> {
          IntFunction<Value> value =
              context.value() == FEATURES
                  ? TokenizerFamiliesTest::features
                  : TokenizerFamiliesTest::vector;
          try (VqTokenizer wide = context.create(factory);
              VqTokenizer narrow = context.in(ComputeType.BFLOAT16).create(factory)) {
            double expected = train(wide, 0, 1, value).get(0).get("reconstruction");
            double found = train(narrow, 0, 1, value).get(0).get("reconstruction");
            assertThat(found).isNotEqualTo(expected).isCloseTo(expected, within(0.05 * expected));
            narrow
                .state()
                .forEach(
                    (name, tensor) ->
                        assertThat(tensor.getDataType()).as(name).isEqualTo(DataType.FLOAT32));
          }
        });
  }

  @Test
  void sayWhatDoesNotFit() {
    Kind grid = TestContext.grid(1, 4, 8);
    assertThatThrownBy(
            () ->
                create(MlpVqVae.forVectors("mse"), VECTORS, grid, mlp("codebooks", 3, "latent", 9)))
        .hasMessageContaining("4 tokens are declared, but 1 vectors with 3 codebooks make 3");
    assertThatThrownBy(
            () -> create(MlpVqVae.forVectors("mse"), VECTORS, grid, Map.of("encoder", "MLP/6")))
        .hasMessageContaining("encoder is 'MLP/6', must be like BottleneckMLP/B_6-Wi_1024-E_4");
    assertThatThrownBy(
            () ->
                create(VitVqVae.forMasks(), FEATURES, TestContext.grid(4, 4, 8), vit("latent", 8)))
        .hasMessageContaining("needs rasters with one channel");
    assertThatThrownBy(
            () ->
                create(
                    VitVqVae.forRasters("mse"),
                    MASK,
                    TestContext.grid(4, 4, 8),
                    vit("latent", 8, "undo_std", true)))
        .hasMessageContaining("undo_std is true, must be false for 1 channels");
    assertThatThrownBy(
            () ->
                create(
                    VitVqVae.forRasters("mse"),
                    MASK,
                    TestContext.grid(4, 4, 8),
                    vit("latent", 8, "loss", "perceptual")))
        .hasMessageContaining("perceptual_model is absent");
    try (VqTokenizer tokenizer =
        create(MlpVqVae.forVectors("mse"), VECTORS, grid, mlp("latent", 16))) {
      assertThatThrownBy(() -> tokenizer.encode(List.of(new Value.Vectors(2, 12, new float[24]))))
          .hasMessageContaining("expected 1 vectors of width 12, found 2 vectors of width 12");
    }
  }
}
