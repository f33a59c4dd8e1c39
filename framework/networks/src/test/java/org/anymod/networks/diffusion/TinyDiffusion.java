package org.anymod.networks.diffusion;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.networks.loss.StandardLoss;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.anymod.spi.Loss;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.TrainingStep;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.anymod.torch.StreamRandom;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.AfterEach;

/** Small diffusion tokenizers, for the tests that extend this class. */
abstract class TinyDiffusion {
  static final Map<String, Object> TINY =
      Map.ofEntries(
          Map.entry("dim", 32),
          Map.entry("depth", 1),
          Map.entry("heads", 4),
          Map.entry("latent", 8),
          Map.entry("channels", 32),
          Map.entry("channel_mult", "1,1"),
          Map.entry("res_blocks", 1),
          Map.entry("attention", "2"),
          Map.entry("ema_decay", 0.9),
          Map.entry("decode_steps", 5));

  final TensorScope scope = TensorScope.on(Device.cpu());

  @AfterEach
  void close() {
    scope.close();
  }

  private record Context(
      ValueSpec value,
      int resolution,
      int rows,
      int vocabulary,
      Map<String, Object> settings,
      NDManager manager)
      implements TokenizerContext {
    @Override
    public Declaration declaration() {
      return Declaration.inputAndOutput(
          "tok@32", new Kind.TokenGrid(rows, rows, vocabulary, Kind.Positions.SINE_COSINE));
    }

    @Override
    public long seed() {
      return 1;
    }

    @Override
    public Loss loss(String name) {
      return StandardLoss.all().stream()
          .filter(l -> l.name().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }

  DiffusionTokenizer create(
      int channels, int resolution, int rows, int codes, Map<String, Object> settings) {
    TokenizerContext context = context(channels, resolution, rows, codes, settings);
    return (DiffusionTokenizer) DiffusionVae.forRasters("mse").create(context);
  }

  TokenizerContext context(
      int channels, int resolution, int rows, int codes, Map<String, Object> settings) {
    ValueSpec value = new ValueSpec.RasterSpec(channels, -1, 1);
    return new Context(value, resolution, rows, codes, settings, scope.manager());
  }

  DiffusionTokenizer tiny(Object... extra) {
    return create(1, 16, 2, 16, with(extra));
  }

  static Map<String, Object> with(Object... extra) {
    Map<String, Object> settings = new LinkedHashMap<>(TINY);
    for (int i = 0; i < extra.length; i += 2) {
      settings.put((String) extra[i], extra[i + 1]);
    }
    return settings;
  }

  /** Pictures of 16 x 16: a bright or dark half, at a random side. */
  static List<Value> halves(int count) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StreamRandom random = StreamRandom.at(4, "halves", i);
      boolean rows = random.nextBoolean();
      float sign = random.nextBoolean() ? 0.8f : -0.8f;
      float[] data = new float[256];
      for (int p = 0; p < 256; p++) {
        data[p] = ((rows ? p / 16 : p % 16) < 8) ? sign : -sign;
      }
      values.add(new Value.Raster(1, 16, 16, data));
    }
    return values;
  }

  static List<Map<String, Double>> train(DiffusionTokenizer tokenizer, int from, int to) {
    List<Map<String, Double>> log = new ArrayList<>();
    for (int i = from; i < to; i++) {
      log.add(tokenizer.step(TrainingStep.of(halves(16), 3e-3, StreamRandom.at(2, "step", i))));
    }
    return log;
  }

  static double mean(List<Map<String, Double>> log, int from, int to) {
    return log.subList(from, to).stream().mapToDouble(m -> m.get("diffusion")).average().orElse(0);
  }

  static Map<String, float[]> numbers(Map<String, NDArray> tensors) {
    Map<String, float[]> numbers = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> numbers.put(name, tensor.toFloatArray()));
    return numbers;
  }
}
