package org.anymod.networks.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anymod.networks.SettingsReader;
import org.anymod.torch.Autograd;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Parameters;
import org.anymod.torch.StreamRandom;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuantizerTest {
  private static final int CLUSTERS = 6;

  private final TensorScope scope = TensorScope.on(Device.cpu());
  private final NDManager manager = scope.manager();
  private final Parameters parameters = new Parameters(manager);

  @AfterEach
  void close() {
    scope.close();
  }

  private Quantizer quantizer(int codes, Map<String, Object> settings) {
    return read(settings, 8).create(codes, new InitialValues(3), parameters, manager);
  }

  private static QuantizerSettings read(Map<String, Object> settings, int latent) {
    SettingsReader reader = new SettingsReader(settings);
    QuantizerSettings read =
        QuantizerSettings.read(reader, QuantizerSettings.Type.COSINE, latent, 1);
    reader.finish();
    return read;
  }

  /** Latents (1, count, 2) around points of a circle with the given radius. */
  private NDArray clustered(int count, double radius, long seed) {
    StreamRandom random = StreamRandom.at(seed, "clusters");
    float[] points = new float[count * 2];
    for (int i = 0; i < count; i++) {
      double angle = 2 * Math.PI * (i % CLUSTERS) / CLUSTERS;
      points[2 * i] = (float) (radius * Math.cos(angle) + 0.05 * random.nextGaussian());
      points[2 * i + 1] = (float) (radius * Math.sin(angle) + 0.05 * random.nextGaussian());
    }
    return manager.create(points, new Shape(1, count, 2));
  }

  private Quantized train(Quantizer quantizer, NDArray latents, int step) {
    return trainOn(quantizer, List.of(latents), step).get(0);
  }

  private List<Quantized> trainOn(Quantizer quantizer, List<NDArray> batches, int step) {
    StreamRandom random = StreamRandom.at(1, "train", step);
    if (quantizer.waits()) {
      quantizer.start(batches, random, manager);
    }
    List<Quantized> parts =
        batches.stream()
            .map(batch -> Autograd.record(() -> quantizer.train(batch, random, manager)))
            .toList();
    quantizer.learn(parts, random, manager);
    return parts;
  }

  private static double error(NDArray latents, NDArray quantized) {
    return latents.sub(quantized).square().mean().getFloat();
  }

  private static Map<String, Object> settings(Object... pairs) {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      settings.put((String) pairs[i], pairs[i + 1]);
    }
    return settings;
  }

  @Test
  void startsFromTheClustersOfTheFirstBatch() {
    for (String type : new String[] {"cosine", "euclidean"}) {
      Parameters own = new Parameters(manager);
      Quantizer quantizer =
          read(settings("quantizer", type, "latent", 2, "kmeans", true), 2)
              .create(24, new InitialValues(3), own, manager);
      NDArray latents = clustered(600, 1, 5);
      Quantized first = train(quantizer, latents, 0);
      assertThat(own.get("quantize._codebook.initted").toFloatArray()).containsExactly(1);
      assertThat(CodeUse.of(List.of(first.ids()), 24).used()).as(type).isGreaterThan(0.8);
      assertThat(error(latents, quantizer.quantize(latents, manager).latents()))
          .as(type)
          .isLessThan(0.004);
    }
  }

  @Test
  void bringsDeadCodesToLifeByEitherPolicyAndLeavesThemIfAsked() {
    NDArray latents = clustered(300, 3, 7);
    Map<String, Double> used = new LinkedHashMap<>();
    for (String type : new String[] {"cosine", "euclidean"}) {
      for (String policy : new String[] {"batch_random", "most_used", "keep"}) {
        Parameters own = new Parameters(manager);
        Quantizer quantizer =
            read(
                    settings(
                        "quantizer",
                        type,
                        "latent",
                        2,
                        "ema_decay",
                        0.8,
                        "dead_code",
                        8,
                        "dead_code_policy",
                        policy),
                    2)
                .create(32, new InitialValues(3), own, manager);
        for (int i = 0; i < 40; i++) {
          train(quantizer, latents, i);
        }
        used.put(
            type + " " + policy, CodeUse.of(List.of(quantizer.ids(latents, manager)), 32).used());
      }
    }
    for (String type : new String[] {"cosine", "euclidean"}) {
      assertThat(used.get(type + " batch_random")).as(used.toString()).isGreaterThan(0.7);
      assertThat(used.get(type + " most_used")).as(used.toString()).isGreaterThan(0.7);
      assertThat(used.get(type + " keep"))
          .as(used.toString())
          .isLessThan(used.get(type + " batch_random"));
    }
  }

  @Test
  void movesACodeTowardsTheMeanOfItsLatents() {
    Quantizer quantizer =
        quantizer(
            2,
            settings(
                "quantizer",
                "euclidean",
                "latent",
                2,
                "ema_decay",
                0.5,
                "dead_code_policy",
                "keep"));
    Parameters.copy(
        manager.create(new float[] {0, 0, 10, 10}, new Shape(2, 2)),
        parameters.get("quantize._codebook.embed"));
    Parameters.copy(
        manager.create(new float[] {0, 0, 10, 10}, new Shape(2, 2)),
        parameters.get("quantize._codebook.embed_avg"));
    Parameters.copy(
        manager.create(new float[] {1, 1}), parameters.get("quantize._codebook.cluster_size"));
    NDArray latents = manager.create(new float[] {1, 0, 3, 2, 9, 9}, new Shape(1, 3, 2));
    Quantized quantized = train(quantizer, latents, 0);
    assertThat(quantized.ids().toLongArray()).containsExactly(0, 0, 1);
    // Sums: half of the old, half of the new; counts likewise, 1.5 and 1; smoothing is below 1e-4.
    float[] rows = parameters.get("quantize._codebook.embed").toFloatArray();
    assertThat((double) rows[0]).isCloseTo(4 * 0.5 / 1.5, within(1e-4));
    assertThat((double) rows[1]).isCloseTo(2 * 0.5 / 1.5, within(1e-4));
    assertThat((double) rows[2]).isCloseTo((10 + 9) * 0.5, within(1e-3));
    assertThat((double) quantized.loss().getFloat())
        .isCloseTo((1 + 9 + 4 + 1 + 1) / 6.0, within(1e-5));
  }

  @Test
  void keepsRowsAtLengthOneOnlyIfAsked() {
    for (boolean renormalise : new boolean[] {false, true}) {
      Parameters own = new Parameters(manager);
      Quantizer quantizer =
          read(settings("latent", 2, "renormalise", renormalise, "ema_decay", 0.5), 2)
              .create(4, new InitialValues(3), own, manager);
      train(quantizer, clustered(100, 1, 2), 0);
      float[] lengths = own.get("quantize._codebook.embed").norm(new int[] {1}).toFloatArray();
      double worst = 0;
      for (float length : lengths) {
        worst = Math.max(worst, Math.abs(length - 1));
      }
      assertThat(worst < 1e-5).isEqualTo(renormalise);
    }
  }

  @Test
  void sharesOneTableAmongSeveralCodebooksAndDecodesWhatItEncodes() {
    Quantizer quantizer = quantizer(16, settings("latent", 4, "codebooks", 3));
    NDArray latents =
        manager.create(new InitialValues(1).normal("x", 2 * 5 * 4, 1), new Shape(2, 5, 4));
    Quantized quantized = quantizer.quantize(latents, manager);
    assertThat(quantized.ids().getShape()).isEqualTo(new Shape(2, 3, 5));
    assertThat(quantized.latents().getShape()).isEqualTo(new Shape(2, 5, 4));
    assertThat(parameters.trainedNames())
        .contains("quantize.project_in.weight", "quantize.project_out.bias");
    assertThat(
            error(
                quantizer.lookup(quantized.ids(), manager), train(quantizer, latents, 0).latents()))
        .isLessThan(1e-10);
  }

  @Test
  void looksUpMemoryOnAnyGridAndNoticesChangedTables() {
    Quantizer quantizer =
        quantizer(16, settings("quantizer", "memcodes", "latent", 8, "codebooks", 2));
    NDArray latents =
        manager.create(new InitialValues(1).normal("x", 3 * 6 * 8, 1), new Shape(3, 6, 8));
    Quantized quantized = quantizer.quantize(latents, manager);
    assertThat(quantized.ids().getShape()).isEqualTo(new Shape(3, 2, 6));
    // Each half of a latent is the value of its head's code: code times matrix of the head.
    float[] codes = parameters.get("quantize.codes").toFloatArray();
    float[] matrix = parameters.get("quantize.to_v.weight").toFloatArray();
    long[] ids = quantized.ids().toLongArray();
    float[] values = quantized.latents().toFloatArray();
    for (int place = 0; place < 6; place++) {
      for (int head = 0; head < 2; head++) {
        int id = (int) ids[(1 * 2 + head) * 6 + place];
        for (int j = 0; j < 4; j++) {
          double sum = 0;
          for (int d = 0; d < 4; d++) {
            sum += codes[(head * 16 + id) * 4 + d] * matrix[(head * 4 + d) * 4 + j];
          }
          assertThat((double) values[(6 + place) * 8 + head * 4 + j]).isCloseTo(sum, within(1e-5));
        }
      }
    }
    Parameters.copy(
        parameters.get("quantize.to_v.weight").mul(2), parameters.get("quantize.to_v.weight"));
    quantizer.changed();
    assertThat(error(quantizer.lookup(quantized.ids(), manager), quantized.latents().mul(2)))
        .isLessThan(1e-10);
  }

  @Test
  void drawsCodesOfMemoryByTheirProbability() {
    Quantizer quantizer =
        quantizer(3, settings("quantizer", "memcodes", "latent", 1, "codebooks", 1));
    Parameters.copy(
        manager.create(new float[] {0, 0, (float) Math.log(2)}, new Shape(1, 3, 1)),
        parameters.get("quantize.codes"));
    Parameters.copy(
        manager.create(new float[] {1}, new Shape(1, 1, 1)),
        parameters.get("quantize.to_k.weight"));
    int count = 40000;
    Quantized quantized = train(quantizer, manager.ones(new Shape(1, count, 1)), 4);
    int[] hits = new int[3];
    for (long id : quantized.ids().toLongArray()) {
      hits[(int) id]++;
    }
    // Probabilities 1/4, 1/4, 1/2; five standard errors.
    assertThat((double) hits[0] / count).isCloseTo(0.25, within(0.011));
    assertThat((double) hits[1] / count).isCloseTo(0.25, within(0.011));
    assertThat((double) hits[2] / count).isCloseTo(0.5, within(0.0125));
    Quantized again = train(quantizer, manager.ones(new Shape(1, count, 1)), 4);
    assertThat(again.ids().toLongArray()).isEqualTo(quantized.ids().toLongArray());
  }

  @Test
  void roundsEachDimensionToItsLevelsAndCountsThemAsDigits() {
    int[] levels = {8, 5, 2, 3};
    Quantizer quantizer = quantizer(240, settings("quantizer", "fsq", "levels", "8, 5, 2, 3"));
    long[] all = new long[240];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    NDArray ids = manager.create(all, new Shape(1, 1, 240));
    float[] values = quantizer.lookup(ids, manager).toFloatArray();
    for (int id = 0; id < 240; id++) {
      int rest = id;
      for (int d = 0; d < 4; d++) {
        int half = levels[d] / 2;
        assertThat(values[id * 4 + d]).isEqualTo((float) (rest % levels[d] - half) / half);
        rest /= levels[d];
      }
    }
    // Random latents reach every code, and decode to what training would give.
    NDArray latents =
        manager.create(new InitialValues(1).normal("x", 20000 * 4, 1.5), new Shape(1, 20000, 4));
    Quantized quantized = train(quantizer, latents, 0);
    Set<Long> seen = new HashSet<>();
    for (long id : quantized.ids().toLongArray()) {
      seen.add(id);
    }
    assertThat(seen).hasSize(240).allMatch(id -> id >= 0 && id < 240);
    assertThat(error(quantizer.lookup(quantized.ids(), manager), quantized.latents()))
        .isLessThan(1e-10);
    assertThat(parameters.all()).isEmpty();
  }

  @Test
  void letsGradientsThroughRounding() {
    Quantizer quantizer = quantizer(15, settings("quantizer", "fsq", "levels", "5, 3"));
    NDArray latents = manager.create(new float[] {0.3f, -0.2f}, new Shape(1, 1, 2));
    latents.setRequiresGradient(true);
    Quantized quantized = train(quantizer, latents, 0);
    Autograd.backward(Autograd.record(() -> quantized.latents().sum()));
    float[] gradient = latents.getGradient().toFloatArray();
    double[] halves = {(5 - 1) * 0.4995, (3 - 1) * 0.4995};
    double[] middles = {2, 1};
    double[] x = {0.3, -0.2};
    for (int i = 0; i < 2; i++) {
      double t = Math.tanh(x[i]);
      assertThat((double) gradient[i])
          .isCloseTo(halves[i] * (1 - t * t) / middles[i], within(1e-5));
    }
  }

  @Test
  void saysWhichSettingIsWrong() {
    assertThatThrownBy(() -> quantizer(16, settings("quantizer", "vector")))
        .hasMessageContaining(
            "quantizer is 'vector', must be one of cosine, euclidean, memcodes, fsq");
    assertThatThrownBy(() -> quantizer(16, settings("quantizer", "fsq", "levels", "8, 5")))
        .hasMessageContaining("levels is [8, 5], whose product is 40, must be numbers whose")
        .hasMessageContaining("vocabulary, 16");
    assertThatThrownBy(() -> quantizer(16, settings("quantizer", "fsq")))
        .hasMessageContaining("levels is absent, must be at least one whole number");
    assertThatThrownBy(() -> quantizer(16, settings("levels", "8, 2")))
        .hasMessageContaining("levels is given, must be left out for the quantizer cosine");
    assertThatThrownBy(
            () -> quantizer(16, settings("quantizer", "fsq", "levels", "8, 2", "latent", 3)))
        .hasMessageContaining("latent is 3, must be 2");
    assertThatThrownBy(
            () -> quantizer(16, settings("quantizer", "memcodes", "latent", 9, "codebooks", 2)))
        .hasMessageContaining("latent is 9, must be a multiple of codebooks = 2");
    assertThatThrownBy(() -> quantizer(16, settings("quantizer", "fsq", "levels", "8, x")))
        .hasMessageContaining("levels is '8, x', must be whole numbers above 0 with commas");
    assertThatThrownBy(
            () -> quantizer(16, settings("quantizer", "fsq", "levels", "8, 1", "dead_code", 0)))
        .hasMessageContaining("levels is 1, must be whole numbers from 2 to 4096")
        .hasMessageContaining("dead_code is 0, must be a number in [1.0, 1.0E9]");
  }

  @Test
  void learnsFromSeveralBatchesAsFromOne() {
    for (String type : List.of("cosine", "euclidean")) {
      Map<String, Object> settings =
          settings(
              "quantizer", type, "latent", 2, "kmeans", true, "ema_decay", 0.8, "dead_code", 2);
      Map<String, float[]> whole = new LinkedHashMap<>();
      for (int parts : new int[] {1, 3}) {
        Parameters own = new Parameters(manager);
        Quantizer quantizer = read(settings, 8).create(16, new InitialValues(3), own, manager);
        for (int step = 0; step < 3; step++) {
          NDArray all = clustered(90, 1, step);
          List<NDArray> batches = new ArrayList<>();
          for (int i = 0; i < parts; i++) {
            batches.add(all.get(":," + 90 / parts * i + ":" + 90 / parts * (i + 1)));
          }
          trainOn(quantizer, batches, step);
        }
        own.all()
            .forEach(
                (name, tensor) -> {
                  float[] numbers = tensor.toFloatArray();
                  assertThat(numbers).as(type + name).isEqualTo(whole.getOrDefault(name, numbers));
                  whole.put(name, numbers);
                });
      }
    }
  }
}
