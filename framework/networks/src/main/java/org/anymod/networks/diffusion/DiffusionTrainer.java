package org.anymod.networks.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.anymod.networks.vq.CodeUse;
import org.anymod.networks.vq.Quantized;
import org.anymod.spi.Loss;
import org.anymod.torch.AdamW;
import org.anymod.torch.Autograd;
import org.anymod.torch.Parameters;
import org.anymod.torch.TensorScope;
import org.anymod.torch.TransformerKernel;

/**
 * Trains a diffusion tokenizer: a random time step and noise for each picture, and a loss between
 * what the network gives and what it should (arXiv 2006.11239; the encoder learns through the
 * condition).
 */
final class DiffusionTrainer {
  private static final String FAST = "fast.";

  private final DiffusionSettings settings;
  private final Loss loss;
  private final DiffusionNetwork shown;
  private final DiffusionNetwork network;
  private final Optional<WeightAverage> average;
  private final AdamW optimizer;

  /**
   * @param shown the network that is saved and used; trained itself, or the average of one that is
   * @param copy makes a network of the same sizes in a scope
   */
  DiffusionTrainer(
      DiffusionSettings settings,
      Loss loss,
      DiffusionNetwork shown,
      java.util.function.Function<TensorScope, DiffusionNetwork> copy,
      TensorScope scope) {
    this.settings = settings;
    this.loss = loss;
    this.shown = shown;
    double decay = settings.training().averageDecay();
    if (decay > 0) {
      this.network = copy.apply(scope.open());
      network.parameters().load(shown.parameters().all());
      this.average =
          Optional.of(new WeightAverage(decay, shown.parameters(), network.parameters(), scope));
    } else {
      this.network = shown;
      this.average = Optional.empty();
    }
    this.optimizer =
        new AdamW(
            network.parameters(),
            new AdamW.Settings(0.9, 0.99, 1e-8, settings.training().weightDecay()),
            DiffusionTrainer::decays,
            scope);
  }

  /** Matrices and convolutions decay; biases and norms, which have one axis, do not. */
  private static boolean decays(String name) {
    boolean guidedNorm = name.matches(".*(in_layers|out_layers|out)\\.0\\.weight");
    return !name.endsWith(".bias") && !name.contains("norm") && !guidedNorm;
  }

  /** One optimiser step over pictures (batch, channels, side, side) with a token grid of rows. */
  Map<String, Double> step(
      NDArray pictures, int rows, double rate, RandomGenerator random, TensorScope step) {
    NDManager manager = step.manager();
    Pass pass = Autograd.record(() -> forward(pictures, rows, random, manager));
    Autograd.backward(pass.total());
    NDArray norm = optimizer.step(rate, settings.training().clip(), step);
    average.ifPresent(a -> a.follow(step));
    changed();
    return report(pass, norm);
  }

  /** One recorded pass: what the encoder did, loss of the diffusion and in total, of shape (). */
  private record Pass(Quantized encoded, NDArray diffusion, NDArray total) {}

  private Pass forward(NDArray pictures, int rows, RandomGenerator random, NDManager manager) {
    int batch = (int) pictures.getShape().get(0);
    LatentEncoder encoder = network.encoder();
    Quantized encoded = encoder.train(pictures, random, manager);
    NDArray condition = LatentEncoder.map(encoded.latents(), rows);
    NoiseSchedule schedule = settings.sampling().sampler().schedule();
    int[] times = random.ints(batch, 0, schedule.steps()).toArray();
    long[] keys = random.longs(batch).toArray();
    NDArray noise = Denoiser.normal(pictures.getShape(), keys, manager);
    NDArray noisy = schedule.addNoise(pictures, noise, times, manager);
    NDArray hidden = hidden(condition.getShape(), random, manager);
    NDArray output =
        network
            .decoder()
            .predict(
                new DenoisingInput(
                    noisy, numbers(times, manager), condition, hidden, dropout(random, manager)),
                manager);
    NDArray diffusion = compare(output, pictures, noise, noisy, times, manager);
    NDArray total = settings.encoder().frozen() ? diffusion : diffusion.add(encoded.loss());
    return new Pass(encoded, diffusion, total);
  }

  private NDArray compare(
      NDArray output, NDArray pictures, NDArray noise, NDArray noisy, int[] times, NDManager on) {
    NoiseSchedule schedule = settings.sampling().sampler().schedule();
    return switch (settings.sampling().sampler().prediction()) {
      case EPSILON -> loss.evaluate(output, noise);
      case SAMPLE -> loss.evaluate(output, pictures);
      case VELOCITY ->
          settings.training().noiseLoss()
              ? loss.evaluate(schedule.noiseOf(output, noisy, times, on), noise)
              : loss.evaluate(output, schedule.velocity(pictures, noise, times, on));
    };
  }

  private NDArray hidden(Shape condition, RandomGenerator random, NDManager manager) {
    ConditionDropping dropping = settings.training().dropping();
    if (dropping.share() == 0) {
      return TransformerKernel.none(manager);
    }
    Shape shape = new Shape(condition.get(0), condition.get(2), condition.get(3));
    int batch = (int) condition.get(0);
    boolean[] drawn = dropping.draw(batch, (int) shape.size() / batch, random);
    return manager.create(drawn, shape);
  }

  private NDArray dropout(RandomGenerator random, NDManager manager) {
    int count = network.decoder().keys();
    return count == 0
        ? TransformerKernel.none(manager)
        : ConvPath.onHost(random.longs(count).toArray(), manager);
  }

  private static NDArray numbers(int[] times, NDManager manager) {
    long[] numbers = new long[times.length];
    for (int i = 0; i < times.length; i++) {
      numbers[i] = times[i];
    }
    return manager.create(numbers);
  }

  private Map<String, Double> report(Pass pass, NDArray norm) {
    CodeUse use = CodeUse.of(pass.encoded().ids(), network.encoder().vocabulary());
    Map<String, Double> report = new LinkedHashMap<>();
    report.put("loss", (double) pass.total().getFloat());
    report.put("diffusion", (double) pass.diffusion().getFloat());
    report.put("perplexity", use.perplexity());
    report.put("used", use.used());
    report.put("dead", (double) pass.encoded().dead());
    report.put("grad_norm", (double) norm.getFloat());
    return report;
  }

  /** Moments and counters, and the trained weights where the saved ones are their average. */
  Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>(optimizer.state());
    average.ifPresent(
        a -> {
          state.putAll(a.state());
          network.parameters().all().forEach((name, tensor) -> state.put(FAST + name, tensor));
        });
    return state;
  }

  void load(Map<String, NDArray> state) {
    Map<String, NDArray> own = state();
    Parameters.checkMatches(own, state);
    own.forEach((name, tensor) -> Parameters.copy(state.get(name), tensor));
    changed();
  }

  private void changed() {
    network.encoder().changed();
    shown.encoder().changed();
  }

  /** Takes over weights that were loaded into the network that is shown. */
  void reset() {
    if (shown != network) {
      network.parameters().load(shown.parameters().all());
      changed();
    }
  }
}
