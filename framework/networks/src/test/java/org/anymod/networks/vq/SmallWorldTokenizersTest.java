package org.anymod.networks.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;
import org.anymod.spi.Kind;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.TrainingStep;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.anymod.torch.StreamRandom;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With the settings for small worlds tokenizers use their codes and beat the best constant. */
class SmallWorldTokenizersTest {
  private static final ValueSpec FEATURES = new ValueSpec.RasterSpec(12, -1000, 1000);
  private static final ValueSpec EMBEDDING = new ValueSpec.VectorsSpec(24, 1, -1000, 1000);
  private static final ValueSpec POSE = new ValueSpec.VectorsSpec(207, 1, -1.01f, 1.01f);
  private static final int UNSEEN = 100_000;

  private final TensorScope scope = TensorScope.on(Device.cpu());

  @AfterEach
  void close() {
    scope.close();
  }

  private static Map<String, Object> vector(Object... more) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("encoder", "BottleneckMLP/B_1-Wi_64");
    settings.put("weight_decay", 0.01);
    for (int i = 0; i < more.length; i += 2) {
      settings.put((String) more[i], more[i + 1]);
    }
    return settings;
  }

  private VqTokenizer trained(
      TokenizerFactory factory,
      ValueSpec spec,
      Kind kind,
      Map<String, Object> settings,
      int steps,
      IntFunction<Value> value) {
    VqTokenizer tokenizer =
        new TestContext(spec, kind, 64, settings, 1, scope.manager()).create(factory);
    for (int step = 0; step < steps; step++) {
      List<Value> batch = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        batch.add(value.apply(step * 32 + i));
      }
      tokenizer.step(
          TrainingStep.of(
              batch, 3e-3 * (1 - (double) step / steps), StreamRandom.at(2, "step", step)));
    }
    return tokenizer;
  }

  private static float[] data(Value value) {
    return value instanceof Value.Raster map ? map.data() : ((Value.Vectors) value).data();
  }

  private static double cosine(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }

  /** Part of the codes of each codebook that unseen values use, and skill in squared error. */
  private static void assertGood(
      VqTokenizer tokenizer, IntFunction<Value> value, double used, double skill, double cosine) {
    List<Value> unseen = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      unseen.add(value.apply(UNSEEN + i));
    }
    int[][] tokens = tokenizer.encode(unseen);
    List<Value> back = tokenizer.decode(tokens);
    int books = tokenizer.network().encoder().quantizer().codebooks();
    assertThat(use(tokens, books) / tokenizer.vocabulary()).isGreaterThan(used);
    double[] mean = new double[data(unseen.get(0)).length];
    for (Value v : unseen) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += data(v)[j] / unseen.size();
      }
    }
    double error = 0;
    double constant = 0;
    double angle = 0;
    for (int i = 0; i < unseen.size(); i++) {
      float[] x = data(unseen.get(i));
      float[] y = data(back.get(i));
      angle += cosine(x, y) / unseen.size();
      for (int j = 0; j < x.length; j++) {
        error += Math.pow(x[j] - y[j], 2);
        constant += Math.pow(x[j] - mean[j], 2);
      }
    }
    assertThat(1 - error / constant).isGreaterThan(skill);
    assertThat(angle).isGreaterThan(cosine);
  }

  private static double use(int[][] tokens, int books) {
    int places = tokens[0].length / books;
    double used = 0;
    for (int book = 0; book < books; book++) {
      Set<Integer> seen = new HashSet<>();
      for (int[] row : tokens) {
        for (int j = 0; j < places; j++) {
          seen.add(row[book * places + j]);
        }
      }
      used += (double) seen.size() / books;
    }
    return used;
  }

  /** 4 x 4 places, each one of 24 clusters. */
  private static Value features(int i) {
    StreamRandom random = StreamRandom.at(4, "features", i);
    float[] data = new float[12 * 16];
    for (int p = 0; p < 16; p++) {
      StreamRandom centre = StreamRandom.at(5, "cluster", random.nextInt(24));
      for (int c = 0; c < 12; c++) {
        data[c * 16 + p] = (float) (centre.nextGaussian() + 0.1 * random.nextGaussian());
      }
    }
    return new Value.Raster(12, 4, 4, data);
  }

  /** Six causes behind 24 numbers around a large mean. */
  private static Value embedding(int i) {
    StreamRandom random = StreamRandom.at(4, "embedding", i);
    double[] causes = new double[6];
    for (int k = 0; k < causes.length; k++) {
      causes[k] = random.nextGaussian();
    }
    StreamRandom mix = StreamRandom.at(5, "mix");
    float[] data = new float[24];
    for (int c = 0; c < data.length; c++) {
      double sum = 0;
      for (double cause : causes) {
        sum += 0.6 * mix.nextGaussian() * cause;
      }
      data[c] = (float) (Math.tanh(sum) + 0.5);
    }
    return new Value.Vectors(1, 24, data);
  }

  /** 23 rotations near the identity, as joints of people that differ little: few angles. */
  private static Value pose(int i) {
    StreamRandom random = StreamRandom.at(4, "pose", i);
    float[] data = new float[207];
    double bend = random.nextDouble();
    for (int joint = 0; joint < 23; joint++) {
      double angle = joint % 5 == 0 ? 0.5 * bend + 0.3 * (random.nextDouble() - 0.5) : 0;
      float cos = (float) Math.cos(angle);
      float sin = (float) Math.sin(angle);
      float[] rotation = {1, 0, 0, 0, cos, -sin, 0, sin, cos};
      System.arraycopy(rotation, 0, data, joint * 9, 9);
    }
    return new Value.Vectors(1, 207, data);
  }

  @Test
  void featureMapsWithClusters() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("dim", 32);
    settings.put("depth", 1);
    settings.put("heads", 2);
    settings.put("latent", 8);
    settings.put("post_mlp", false);
    settings.put("ema_decay", 0.9);
    settings.put("standardise", true);
    try (VqTokenizer tokenizer =
        trained(
            VitVqVae.forFeatures("smooth_l1"),
            FEATURES,
            TestContext.grid(4, 4, 32),
            settings,
            150,
            SmallWorldTokenizersTest::features)) {
      assertGood(tokenizer, SmallWorldTokenizersTest::features, 0.7, 0.7, 0.8);
    }
  }

  @Test
  void embeddingsWithSeveralCodes() {
    try (VqTokenizer tokenizer =
        trained(
            MlpVqVae.forVectors("cosine_1d"),
            EMBEDDING,
            Kind.TokenGrid.ofCodes(4, 16),
            vector("quantizer", "fsq", "levels", "4, 4", "standardise", true, "loss", "mse"),
            250,
            SmallWorldTokenizersTest::embedding)) {
      assertGood(tokenizer, SmallWorldTokenizersTest::embedding, 0.8, 0.7, 0.9);
    }
  }

  @Test
  void posesNearEachOther() {
    try (VqTokenizer tokenizer =
        trained(
            MlpVqVae.forVectors("mse"),
            POSE,
            Kind.TokenGrid.ofCodes(4, 16),
            vector("quantizer", "fsq", "levels", "4, 4", "standardise", true),
            250,
            SmallWorldTokenizersTest::pose)) {
      assertGood(tokenizer, SmallWorldTokenizersTest::pose, 0.7, 0.6, 0.99);
    }
  }

  @Test
  void posesWithTheMemoryOfThePublishedModel() {
    try (VqTokenizer tokenizer =
        trained(
            MlpVqVae.forVectors("mse"),
            POSE,
            Kind.TokenGrid.ofCodes(8, 16),
            vector("latent", 64, "standardise", true),
            250,
            SmallWorldTokenizersTest::pose)) {
      assertGood(tokenizer, SmallWorldTokenizersTest::pose, 0.4, 0.35, 0.99);
    }
  }

  @Test
  void scaleIsThatOfTheFirstBatchAndPartOfTheState() {
    Map<String, Object> settings = vector("latent", 8, "standardise", true);
    Kind kind = Kind.TokenGrid.ofCodes(4, 8);
    TokenizerFactory factory = MlpVqVae.forVectors("mse");
    try (VqTokenizer first =
            trained(factory, EMBEDDING, kind, settings, 1, SmallWorldTokenizersTest::embedding);
        VqTokenizer second =
            new TestContext(EMBEDDING, kind, 64, settings, 9, scope.manager()).create(factory)) {
      float[] mean = first.state().get("input.mean").toFloatArray();
      double expected = 0;
      for (int i = 0; i < 32; i++) {
        expected += data(embedding(i))[3] / 32;
      }
      assertThat((double) mean[3]).isCloseTo(expected, within(1e-5));
      second.load(first.state());
      second.loadTrainingState(first.trainingState());
      List<Value> other = List.of(embedding(77), embedding(78));
      assertThat(second.step(TrainingStep.of(other, 1e-3, StreamRandom.at(1, "x"))))
          .isEqualTo(first.step(TrainingStep.of(other, 1e-3, StreamRandom.at(1, "x"))));
      assertThat(second.state().get("input.mean").toFloatArray()).isEqualTo(mean);
      assertThat(second.decode(second.encode(other))).hasSize(2);
      for (Map.Entry<String, NDArray> tensor : first.state().entrySet()) {
        assertThat(second.state().get(tensor.getKey()).toFloatArray())
            .as(tensor.getKey())
            .isEqualTo(tensor.getValue().toFloatArray());
      }
    }
  }

  @Test
  void doesNotScaleClasses() {
    ValueSpec classes = new ValueSpec.ClassMapSpec(List.of("a", "b"), OptionalInt.empty());
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("dim", 16);
    settings.put("heads", 2);
    settings.put("depth", 1);
    settings.put("standardise", true);
    assertThatThrownBy(
            () ->
                new TestContext(
                        classes, TestContext.grid(4, 4, 8), 16, settings, 1, scope.manager())
                    .create(VitVqVae.forClassMaps()))
        .hasMessageContaining("standardise is true, must be false for class maps");
  }
}
