package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.networks.CountedEncoding;
import org.anymod.networks.MatrixProduct;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.TrainableTokenizer;
import org.anymod.spi.TrainingStep;
import org.anymod.spi.Value;
import org.anymod.torch.Autograd;
import org.anymod.torch.TensorScope;

/** A tokenizer with a decoder that needs one pass. */
final class VqTokenizer implements TrainableTokenizer, CountedEncoding {
  private static final int ENCODE_BATCH = 64;

  private final TokenLayout layout;
  private final ValueTensors tensors;
  private final TrainingSettings training;
  private final VqNetwork network;
  private final TensorScope scope;
  private final Reconstruction losses;
  private final Optional<InputScaling> scaling;
  private VqTrainer trainer;

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
    this.scaling = InputScaling.of(training, tensors, network.parameters());
    this.losses = Reconstruction.open(training, context, scope);
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
        NDArray input = InputScaling.in(scaling, tensors.tensor(values.subList(from, to), manager));
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
        values.addAll(tensors.values(InputScaling.out(scaling, output)));
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
  public Map<String, Double> step(TrainingStep step) {
    return trainer().step(step);
  }

  @Override
  public boolean trainsWithPeers() {
    return true;
  }

  private VqTrainer trainer() {
    if (trainer == null) {
      trainer = new VqTrainer(network, layout, tensors, training, losses, scaling, scope);
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
    network.encoder().quantizer().changed();
    scaling.ifPresent(InputScaling::changed);
  }

  @Override
  public Map<String, NDArray> trainingState() {
    return trainer().state();
  }

  @Override
  public void loadTrainingState(Map<String, NDArray> state) {
    trainer().load(state);
  }

  @Override
  public void close() {
    losses.close();
    scope.close();
  }
}
