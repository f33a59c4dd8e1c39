package org.anymod.networks.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.anymod.networks.CountedEncoding;
import org.anymod.networks.MatrixProduct;
import org.anymod.spi.Kind;
import org.anymod.spi.Loss;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.TrainableTokenizer;
import org.anymod.spi.TrainingStep;
import org.anymod.spi.Value;
import org.anymod.torch.Autograd;
import org.anymod.torch.Precision;
import org.anymod.torch.StreamRandom;
import org.anymod.torch.TensorScope;

/**
 * A tokenizer of square rasters that decodes by diffusion. Decoding draws its noise from given
 * seeds, or without them from the tokenizer's seed and the tokens of the value, so that the same
 * tokens always give the same value.
 */
final class DiffusionTokenizer implements TrainableTokenizer, CountedEncoding {
  private static final int ENCODE_BATCH = 64;
  private static final int DECODE_BATCH = 16;

  private final DiffusionSettings settings;
  private final LatentEncoder.Geometry geometry;
  private final RasterBatch rasters;
  private final Kind.TokenGrid grid;
  private final Loss loss;
  private final long seed;
  private final TensorScope scope;
  private final DiffusionNetwork network;
  private DiffusionTrainer trainer;

  DiffusionTokenizer(TokenizerContext context, DiffusionSettings settings, RasterBatch rasters) {
    this.grid = (Kind.TokenGrid) context.declaration().kind();
    this.settings = settings;
    this.rasters = rasters;
    this.loss = context.loss(settings.training().loss());
    this.seed = context.seed();
    this.geometry =
        new LatentEncoder.Geometry(
            rasters.spec().channels(),
            rasters.side() / grid.rows(),
            grid.rows(),
            grid.vocabulary());
    this.scope = TensorScope.on(context.manager().getDevice());
    this.network =
        new DiffusionNetwork(
            settings, geometry, seed, Precision.of(context.precision()), scope.open());
  }

  @Override
  public int vocabulary() {
    return grid.vocabulary();
  }

  @Override
  public Map<String, String> traits() {
    Map<String, String> traits = new LinkedHashMap<>(network.encoder().half().traits());
    traits.put("values", rasters.toString());
    traits.put("layout", grid.toString());
    return traits;
  }

  @Override
  public List<MatrixProduct> encodingProducts() {
    return network.encoder().half().products(grid.maxTokens());
  }

  @Override
  public int[][] encode(List<? extends Value> values) {
    List<int[]> tokens = new ArrayList<>();
    int count = grid.maxTokens();
    for (int from = 0; from < values.size(); from += ENCODE_BATCH) {
      List<? extends Value> part =
          values.subList(from, Math.min(values.size(), from + ENCODE_BATCH));
      try (TensorScope step = scope.open()) {
        NDManager manager = step.manager();
        LatentEncoder encoder = network.encoder();
        NDArray codes =
            Autograd.pause(
                () -> {
                  NDArray pictures = rasters.tensor(part, manager);
                  return encoder.codes(pictures, manager);
                });
        long[] flat = codes.toLongArray();
        for (int i = 0; i < part.size(); i++) {
          tokens.add(
              Arrays.stream(flat, i * count, (i + 1) * count).mapToInt(Math::toIntExact).toArray());
        }
      }
    }
    return tokens.toArray(int[][]::new);
  }

  @Override
  public List<Value> decode(int[][] tokens) {
    return decoded(tokens, Arrays.stream(tokens).map(this::chance).toList());
  }

  @Override
  public List<Value> decode(int[][] tokens, long[] seeds) {
    if (seeds.length != tokens.length) {
      throw new IllegalArgumentException(
          "there are %d seeds for %d rows of tokens".formatted(seeds.length, tokens.length));
    }
    return decoded(
        tokens,
        Arrays.stream(seeds).mapToObj(own -> StreamRandom.at(own, "diffusion decode")).toList());
  }

  private List<Value> decoded(int[][] tokens, List<StreamRandom> chance) {
    for (int row = 0; row < tokens.length; row++) {
      check(tokens[row], row);
    }
    Denoiser denoiser = new Denoiser(network.decoder(), settings.sampling());
    List<Value> values = new ArrayList<>();
    for (int from = 0; from < tokens.length; from += DECODE_BATCH) {
      int to = Math.min(tokens.length, from + DECODE_BATCH);
      int[][] part = Arrays.copyOfRange(tokens, from, to);
      List<StreamRandom> own = chance.subList(from, to);
      try (TensorScope step = scope.open()) {
        NDArray pictures = Autograd.pause(() -> sample(part, own, denoiser, step));
        values.addAll(rasters.values(pictures));
      }
    }
    return values;
  }

  private NDArray sample(
      int[][] tokens, List<StreamRandom> chance, Denoiser denoiser, TensorScope step) {
    NDManager manager = step.manager();
    long[] flat = Arrays.stream(tokens).flatMapToInt(IntStream::of).asLongStream().toArray();
    LatentEncoder encoder = network.encoder();
    NDArray codes = manager.create(flat).reshape(tokens.length, 1, grid.maxTokens());
    NDArray condition = encoder.condition(codes, grid.rows(), manager);
    return denoiser.sample(condition, geometry.channels(), rasters.side(), chance, step);
  }

  private StreamRandom chance(int[] tokens) {
    return StreamRandom.at(
        seed, "diffusion decode", Arrays.stream(tokens).asLongStream().toArray());
  }

  private void check(int[] tokens, int row) {
    if (tokens.length != grid.maxTokens()) {
      throw new IllegalArgumentException(
          "row " + row + " has " + tokens.length + " tokens, must have " + grid.maxTokens());
    }
    for (int token : tokens) {
      if (token < 0 || token >= grid.vocabulary()) {
        throw new IllegalArgumentException(
            "token %d in row %d is outside 0 to %d".formatted(token, row, grid.vocabulary() - 1));
      }
    }
  }

  @Override
  public Map<String, Double> step(TrainingStep step) {
    RasterBatch sized = rasters.like(step.batches().get(0).get(0));
    if (sized.side() % geometry.patch() != 0) {
      throw new IllegalArgumentException(
          "pictures of %d pixels do not divide into patches of %d pixels"
              .formatted(sized.side(), geometry.patch()));
    }
    return trainer().step(step, sized, sized.side() / geometry.patch());
  }

  @Override
  public boolean trainsWithPeers() {
    return true;
  }

  private DiffusionTrainer trainer() {
    if (trainer == null) {
      trainer = new DiffusionTrainer(settings, loss, network, scope.open());
    }
    return trainer;
  }

  @Override
  public Map<String, NDArray> state() {
    return network.parameters().all();
  }

  @Override
  public void load(Map<String, NDArray> state) {
    network.parameters().load(state);
    network.encoder().changed();
  }

  /** Overwrites the half that makes tokens. */
  void loadEncoder(Map<String, NDArray> state) {
    Map<String, NDArray> all = new LinkedHashMap<>(network.parameters().all());
    all.keySet().removeIf(LatentEncoder::owns);
    all.putAll(state);
    load(all);
  }

  @Override
  public Map<String, NDArray> trainingState() {
    return trainer().state();
  }

  @Override
  public void loadTrainingState(Map<String, NDArray> state) {
    trainer().load(state);
  }

  /** Tensors alive in this tokenizer. */
  int liveTensors() {
    return scope.liveTensors();
  }

  @Override
  public void close() {
    scope.close();
  }
}
