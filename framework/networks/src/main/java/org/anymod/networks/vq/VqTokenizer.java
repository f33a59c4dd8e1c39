package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.anymod.networks.CountedEncoding;
import org.anymod.networks.MatrixProduct;
import org.anymod.networks.loss.PerceptualLoss;
import org.anymod.spi.Loss;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.TrainableTokenizer;
import org.anymod.spi.Value;
import org.anymod.torch.AdamW;
import org.anymod.torch.Autograd;
import org.anymod.torch.HostNumbers;
import org.anymod.torch.Kernels;
import org.anymod.torch.TensorScope;

/** A tokenizer with a decoder that needs one pass, and its training step. */
final class VqTokenizer implements TrainableTokenizer, CountedEncoding {
  private static final int ENCODE_BATCH = 64;

  private final TokenLayout layout;
  private final ValueTensors tensors;
  private final TrainingSettings training;
  private final VqNetwork network;
  private final TensorScope scope;
  private final Optional<PerceptualLoss> perceptual;
  private final Optional<Loss> loss;
  private AdamW optimizer;

  private VqTokenizer(
      TokenizerContext context,
      TokenLayout layout,
      ValueTensors tensors,
      TrainingSettings training,
      VqNetwork network,
      TensorScope scope) {
    this.layout = layout;
    this.tensors = tensors;
    this.training = training;
    this.network = network;
    this.scope = scope;
    boolean alone = training.loss().equals(PerceptualLoss.NAME);
    this.loss = alone ? Optional.empty() : Optional.of(context.loss(training.loss()));
    this.perceptual = training.perceptual().map(settings -> open(settings, scope.manager()));
  }

  /** Creates a tokenizer, with the weights of a file if there is one. */
  static VqTokenizer open(
      TokenizerContext context,
      TokenLayout layout,
      ValueTensors tensors,
      TrainingSettings training,
      VqNetwork network,
      TensorScope scope,
      Optional<PublishedWeights> weights) {
    VqTokenizer tokenizer = new VqTokenizer(context, layout, tensors, training, network, scope);
    weights.ifPresent(
        file -> {
          try (TensorScope reading = scope.open()) {
            tokenizer.load(file.tensors(reading.manager()));
          } catch (IllegalArgumentException e) {
            tokenizer.close();
            throw new IllegalArgumentException(file.file() + ": " + e.getMessage(), e);
          }
        });
    return tokenizer;
  }

  VqNetwork network() {
    return network;
  }

  /** How many tensors this tokenizer holds. */
  int liveTensors() {
    return scope.liveTensors();
  }

  private static PerceptualLoss open(PerceptualLoss.Settings settings, NDManager manager) {
    try {
      return PerceptualLoss.open(settings, manager);
    } catch (IOException e) {
      throw new UncheckedIOException("tokenizer setting perceptual_model", e);
    }
  }

  @Override
  public int vocabulary() {
    return layout.vocabulary();
  }

  @Override
  public Map<String, String> traits() {
    Map<String, String> traits = new LinkedHashMap<>(network.encoder().traits());
    traits.put("values", tensors.toString());
    traits.put("layout", layout.toString());
    return traits;
  }

  @Override
  public List<MatrixProduct> encodingProducts() {
    return network.encoder().products(layout.places());
  }

  @Override
  public int[][] encode(List<? extends Value> values) {
    int[][] tokens = new int[values.size()][];
    for (int from = 0; from < values.size(); from += ENCODE_BATCH) {
      int to = Math.min(values.size(), from + ENCODE_BATCH);
      try (TensorScope step = scope.open()) {
        NDManager manager = step.manager();
        NDArray input = tensors.tensor(values.subList(from, to), manager);
        VqEncoder encoder = network.encoder();
        NDArray ids =
            Autograd.pause(() -> encoder.quantizer().ids(encoder.latents(input, manager), manager));
        long[] flat = ids.toLongArray();
        int count = layout.tokens();
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
      Shape shape = new Shape(to - from, layout.codebooks(), layout.places());
      try (TensorScope step = scope.open()) {
        NDManager manager = step.manager();
        NDArray output =
            Autograd.pause(
                () ->
                    network.decode(
                        network.encoder().quantizer().lookup(manager.create(flat, shape), manager),
                        layout.rows(),
                        layout.columns(),
                        manager));
        values.addAll(tensors.values(output));
      }
    }
    return values;
  }

  private long[] flatten(int[][] tokens, int from, int to) {
    int count = layout.tokens();
    long[] flat = new long[(to - from) * count];
    for (int i = from; i < to; i++) {
      if (tokens[i].length != count) {
        throw new IllegalArgumentException(
            "row " + i + " has " + tokens[i].length + " tokens, must have " + count);
      }
      for (int j = 0; j < count; j++) {
        if (tokens[i][j] < 0 || tokens[i][j] >= vocabulary()) {
          throw new IllegalArgumentException(
              "token " + tokens[i][j] + " in row " + i + " is outside 0 to " + (vocabulary() - 1));
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
      NDArray input = tensors.tensor(batch, manager);
      Pass pass = Autograd.record(() -> forward(input, random, manager));
      Autograd.backward(pass.total());
      NDArray norm = optimizer().step(learningRate, training.clip(), step);
      network.encoder().quantizer().changed();
      return report(pass, norm);
    }
  }

  /** One recorded pass: what the quantizer made, and the losses of shape (). */
  private record Pass(Quantized quantized, NDArray reconstruction, NDArray total) {}

  private Pass forward(NDArray input, RandomGenerator random, NDManager manager) {
    Quantized quantized = network.encoder().train(input, random, manager);
    NDArray output = network.decode(quantized.latents(), layout.rows(), layout.columns(), manager);
    NDArray target = resized(input, output, manager);
    NDArray reconstruction =
        loss.map(difference -> difference.evaluate(output, target))
            .orElseGet(() -> manager.create(0f));
    NDArray total = reconstruction.add(quantized.loss());
    if (perceptual.isPresent()) {
      NDArray difference = perceptual.get().evaluate(output, target);
      total = total.add(difference.mul((float) training.perceptualWeight()));
    }
    return new Pass(quantized, reconstruction, total);
  }

  /** The input at the size of the output, which differs where the decoder has other patches. */
  private NDArray resized(NDArray input, NDArray output, NDManager manager) {
    Shape from = input.getShape();
    Shape to = output.getShape();
    if (to.dimension() != 4 || from.get(from.dimension() - 1) == to.get(3)) {
      return input;
    }
    NDArray size = HostNumbers.whole(manager, to.get(2), to.get(3));
    String kernel = tensors.classes() > 0 ? "resize_classes" : "resize_picture";
    return Kernels.shared().call(manager, kernel, input, size);
  }

  private Map<String, Double> report(Pass pass, NDArray norm) {
    CodeUse use = CodeUse.of(pass.quantized().ids(), vocabulary());
    Map<String, Double> report = new LinkedHashMap<>();
    report.put("loss", (double) pass.total().getFloat());
    report.put("reconstruction", (double) pass.reconstruction().getFloat());
    report.put("perplexity", use.perplexity());
    report.put("used", use.used());
    report.put("dead", (double) pass.quantized().dead());
    report.put("grad_norm", (double) norm.getFloat());
    return report;
  }

  private AdamW optimizer() {
    if (optimizer == null) {
      optimizer =
          new AdamW(
              network.parameters(),
              new AdamW.Settings(0.9, 0.99, 1e-8, training.weightDecay()),
              VqTokenizer::decays,
              scope);
    }
    return optimizer;
  }

  private static boolean decays(String name) {
    return !name.endsWith(".bias") && !name.contains("norm") && !name.endsWith(".gamma");
  }

  @Override
  public Map<String, NDArray> state() {
    return network.parameters().all();
  }

  @Override
  public void load(Map<String, NDArray> state) {
    network.parameters().load(state);
    network.encoder().quantizer().changed();
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
    perceptual.ifPresent(PerceptualLoss::close);
    scope.close();
  }
}
