package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.anymod.spi.Kind;
import org.anymod.spi.Loss;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.TrainableTokenizer;
import org.anymod.spi.Value;
import org.anymod.torch.AdamW;
import org.anymod.torch.Autograd;
import org.anymod.torch.Kernels;
import org.anymod.torch.TensorScope;

/** A ViT VQ-VAE with its training step. */
final class VqTokenizer implements TrainableTokenizer {
  private static final int ENCODE_BATCH = 64;

  private final VqSettings settings;
  private final ValueTensors tensors;
  private final Kind.TokenGrid grid;
  private final int size;
  private final Loss loss;
  private final TensorScope scope;
  private final VqNetwork network;
  private AdamW optimizer;

  VqTokenizer(TokenizerContext context, VqSettings settings, ValueTensors tensors) {
    if (!(context.declaration().kind() instanceof Kind.TokenGrid tokenGrid)) {
      throw new IllegalArgumentException(
          context.declaration().key()
              + ": a vit-vqvae tokenizer needs a token grid, not "
              + context.declaration().kind());
    }
    if (tokenGrid.rows() != tokenGrid.columns() || context.resolution() % tokenGrid.rows() != 0) {
      throw new IllegalArgumentException(
          context.declaration().key()
              + ": a resolution of "
              + context.resolution()
              + " pixels does not divide into "
              + tokenGrid.rows()
              + " x "
              + tokenGrid.columns()
              + " patches");
    }
    this.settings = settings;
    this.tensors = tensors;
    this.grid = tokenGrid;
    this.size = context.resolution();
    this.loss = context.loss(settings.loss());
    this.scope = TensorScope.on(context.manager().getDevice());
    this.network =
        new VqNetwork(
            settings,
            tensors.inputChannels(settings),
            tensors.outputChannels(),
            tensors.classes() ? tensors.outputChannels() : 0,
            grid.rows(),
            size / grid.rows(),
            grid.vocabulary(),
            context.seed(),
            scope.manager());
  }

  @Override
  public int vocabulary() {
    return grid.vocabulary();
  }

  @Override
  public int[][] encode(List<? extends Value> values) {
    int[][] tokens = new int[values.size()][];
    for (int from = 0; from < values.size(); from += ENCODE_BATCH) {
      int to = Math.min(values.size(), from + ENCODE_BATCH);
      try (TensorScope step = scope.open()) {
        NDManager manager = step.manager();
        NDArray input = tensors.tensor(values.subList(from, to), size, manager);
        NDArray codes =
            Autograd.pause(
                () -> network.codes(network.encode(input, tensors.classes(), manager), manager));
        long[] flat = codes.toLongArray();
        int count = grid.maxTokens();
        for (int i = from; i < to; i++) {
          int start = (i - from) * count;
          tokens[i] =
              Arrays.stream(flat, start, start + count).mapToInt(Math::toIntExact).toArray();
        }
      }
    }
    return tokens;
  }

  @Override
  public List<Value> decode(int[][] tokens) {
    List<Value> values = new ArrayList<>();
    for (int from = 0; from < tokens.length; from += ENCODE_BATCH) {
      int to = Math.min(tokens.length, from + ENCODE_BATCH);
      long[] flat = flatten(tokens, from, to);
      int batch = to - from;
      try (TensorScope step = scope.open()) {
        NDManager manager = step.manager();
        NDArray output =
            Autograd.pause(
                () ->
                    network.decode(
                        network.lookup(manager.create(flat), batch, manager),
                        grid.rows(),
                        grid.columns(),
                        manager));
        values.addAll(tensors.values(output));
      }
    }
    return values;
  }

  private long[] flatten(int[][] tokens, int from, int to) {
    int count = grid.maxTokens();
    long[] flat = new long[(to - from) * count];
    for (int i = from; i < to; i++) {
      if (tokens[i].length != count) {
        throw new IllegalArgumentException(
            "row " + i + " has " + tokens[i].length + " tokens, must have " + count);
      }
      for (int j = 0; j < count; j++) {
        if (tokens[i][j] < 0 || tokens[i][j] >= grid.vocabulary()) {
          throw new IllegalArgumentException(
              "token "
                  + tokens[i][j]
                  + " in row "
                  + i
                  + " is outside 0 to "
                  + (grid.vocabulary() - 1));
        }
        flat[(i - from) * count + j] = tokens[i][j];
      }
    }
    return flat;
  }

  @Override
  public Map<String, Double> step(
      List<? extends Value> batch, double learningRate, RandomGenerator random) {
    try (TensorScope step = scope.open()) {
      NDManager manager = step.manager();
      NDArray input = tensors.tensor(batch, size, manager);
      Kernels kernels = Kernels.shared();
      Pass pass = Autograd.record(() -> forward(input, manager));
      Autograd.backward(pass.total());
      NDArray norm = optimizer().step(learningRate, settings.clip(), step);
      NDArray hits =
          Autograd.pause(
              () ->
                  kernels.call(
                      manager,
                      "ema_update",
                      network.embed(),
                      network.clusterSize(),
                      pass.latents(),
                      pass.codes(),
                      manager.create(settings.decay())));
      int dead = reseed(pass, random, manager);
      return report(pass, hits, norm, dead);
    }
  }

  /** One recorded pass: latents (count, width), their codes (count), the losses of shape (). */
  private record Pass(NDArray latents, NDArray codes, NDArray reconstruction, NDArray total) {}

  private Pass forward(NDArray input, NDManager manager) {
    Kernels kernels = Kernels.shared();
    NDArray latents = network.encode(input, tensors.classes(), manager);
    NDArray codes = network.codes(latents, manager);
    NDArray quantized = network.lookup(codes, input.getShape().get(0), manager);
    NDArray through = kernels.call(manager, "straight_through", latents, quantized);
    NDArray output = network.decode(through, grid.rows(), grid.columns(), manager);
    NDArray reconstruction = loss.evaluate(output, input);
    NDArray commitment = kernels.call(manager, "commitment", latents, quantized);
    NDArray total = reconstruction.add(commitment.mul((float) settings.commitment()));
    return new Pass(
        latents.reshape(-1, settings.latent()).stopGradient(), codes, reconstruction, total);
  }

  /**
   * Gives dead codes the direction of a random latent of the batch; returns how many there were.
   */
  private int reseed(Pass pass, RandomGenerator random, NDManager manager) {
    float[] sizes = network.clusterSize().toFloatArray();
    int count = (int) pass.latents().getShape().get(0);
    double share = (double) count / sizes.length;
    List<Integer> dead = new ArrayList<>();
    for (int code = 0; code < sizes.length; code++) {
      if (sizes[code] < share / settings.deadCode()) {
        dead.add(code);
      }
    }
    if (!dead.isEmpty()) {
      long[] codes = dead.stream().mapToLong(Integer::longValue).toArray();
      long[] rows = new long[codes.length];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = random.nextInt(count);
      }
      Autograd.pause(
          () ->
              Kernels.shared()
                  .call(
                      manager,
                      "reseed",
                      network.embed(),
                      network.clusterSize(),
                      pass.latents(),
                      manager.create(codes),
                      manager.create(rows),
                      manager.create(share)));
    }
    return dead.size();
  }

  private static Map<String, Double> report(Pass pass, NDArray hits, NDArray norm, int dead) {
    float[] counts = hits.toFloatArray();
    double total = 0;
    int used = 0;
    for (float c : counts) {
      total += c;
      used += c > 0 ? 1 : 0;
    }
    double entropy = 0;
    for (float c : counts) {
      if (c > 0) {
        entropy -= c / total * Math.log(c / total);
      }
    }
    Map<String, Double> report = new LinkedHashMap<>();
    report.put("loss", (double) pass.total().getFloat());
    report.put("reconstruction", (double) pass.reconstruction().getFloat());
    report.put("perplexity", Math.exp(entropy));
    report.put("used", (double) used / counts.length);
    report.put("dead", (double) dead);
    report.put("grad_norm", (double) norm.getFloat());
    return report;
  }

  private AdamW optimizer() {
    if (optimizer == null) {
      optimizer =
          new AdamW(
              network.parameters(),
              new AdamW.Settings(0.9, 0.99, 1e-8, settings.weightDecay()),
              VqTokenizer::decays,
              scope);
    }
    return optimizer;
  }

  private static boolean decays(String name) {
    return !name.endsWith(".bias") && !name.contains("norm");
  }

  @Override
  public Map<String, NDArray> state() {
    return network.parameters().all();
  }

  @Override
  public void load(Map<String, NDArray> state) {
    network.parameters().load(state);
  }

  @Override
  public Map<String, NDArray> trainingState() {
    return new LinkedHashMap<>(optimizer().state());
  }

  @Override
  public void loadTrainingState(Map<String, NDArray> state) {
    optimizer().load(state);
  }

  @Override
  public void close() {
    scope.close();
  }
}
