package org.anymod.networks.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.networks.vq.CodeUse;
import org.anymod.networks.vq.PeerGradients;
import org.anymod.networks.vq.Quantized;
import org.anymod.networks.vq.StepFigures;
import org.anymod.spi.Loss;
import org.anymod.spi.Peers;
import org.anymod.spi.TrainingStep;
import org.anymod.torch.AdamW;
import org.anymod.torch.Autograd;
import org.anymod.torch.TensorScope;
import org.anymod.torch.TransformerKernel;

/**
 * Trains a diffusion tokenizer: a random time step and noise for each picture, and a loss between
 * what the network gives and what it should (arXiv 2006.11239; the encoder learns through the
 * condition).
 */
final class DiffusionTrainer {
  private final DiffusionSettings settings;
  private final Loss loss;
  private final DiffusionNetwork network;
  private final TensorScope scope;
  private final AdamW optimizer;
  private final PeerGradients gradients;

  DiffusionTrainer(
      DiffusionSettings settings, Loss loss, DiffusionNetwork network, TensorScope scope) {
    this.settings = settings;
    this.loss = loss;
    this.network = network;
    this.scope = scope;
    this.optimizer =
        new AdamW(
            network.parameters(),
            new AdamW.Settings(0.9, 0.99, 1e-8, settings.training().weightDecay()),
            DiffusionTrainer::decays,
            scope);
    this.gradients = new PeerGradients(optimizer, scope);
  }

  /** Matrices and convolutions decay; biases and norms, which have one axis, do not. */
  private static boolean decays(String name) {
    boolean guidedNorm = name.matches(".*(in_layers|out_layers|out)\\.0\\.weight");
    return !name.endsWith(".bias") && !name.contains("norm") && !guidedNorm;
  }

  /** One recorded pass: what the encoder did, loss of the diffusion and in total, of shape (). */
  private record Pass(Quantized encoded, NDArray diffusion, NDArray total) {}

  /** What is kept of a batch: the quantizer's part, and its share of the step's losses. */
  private record Part(Quantized encoded, double diffusion, double total) {}

  /** One optimiser step over pictures of one size, whose tokens make a square grid of rows. */
  Map<String, Double> step(TrainingStep step, RasterBatch rasters, int rows) {
    try (TensorScope all = scope.open()) {
      LatentEncoder encoder = network.encoder();
      List<NDArray> pictures =
          step.batches().stream().map(batch -> rasters.tensor(batch, all.manager())).toList();
      try (TensorScope start = all.open()) {
        encoder.start(pictures, step, start.manager());
      }
      NoiseDraws draws = NoiseDraws.of(step, settings, rows);
      List<Part> parts = new ArrayList<>();
      int from = 0;
      for (NDArray batch : pictures) {
        int count = (int) batch.getShape().get(0);
        double share = (double) count / step.allValues();
        NoiseDraws own = draws.part(from + step.peers().rank() * count, count);
        parts.add(gradients(batch, rows, own, share, step, all));
        from += count * step.peers().size();
      }
      gradients.sum(step.peers());
      NDArray norm = optimizer.step(step.learningRate(), settings.training().clip(), all);
      List<Quantized> encoded = parts.stream().map(Part::encoded).toList();
      int dead = encoder.learn(encoded, step, all.manager());
      encoder.changed();
      List<NDArray> ids = encoded.stream().map(Quantized::ids).toList();
      return figures(parts, norm, step.peers())
          .report("diffusion", CodeUse.of(ids, encoder.vocabulary(), step.peers()), dead);
    }
  }

  /** Adds the gradients of one batch; what they took is freed before the next one. */
  private Part gradients(
      NDArray pictures,
      int rows,
      NoiseDraws draws,
      double share,
      TrainingStep step,
      TensorScope all) {
    try (TensorScope pass = all.open()) {
      Pass made = Autograd.record(() -> forward(pictures, rows, draws, step, pass.manager()));
      Autograd.backward(made.total(), share);
      Quantized encoded = made.encoded();
      encoded.ids().attach(all.manager());
      encoded.seen().ifPresent(seen -> seen.attach(all.manager()));
      return new Part(
          encoded, share * made.diffusion().getFloat(), share * made.total().getFloat());
    }
  }

  private Pass forward(
      NDArray pictures, int rows, NoiseDraws draws, TrainingStep step, NDManager manager) {
    Quantized encoded = network.encoder().train(pictures, step, manager);
    NDArray condition = LatentEncoder.map(encoded.latents(), rows);
    NoiseSchedule schedule = settings.sampling().sampler().schedule();
    NDArray noise = Denoiser.normal(pictures.getShape(), draws.keys(), manager);
    NDArray noisy = schedule.addNoise(pictures, noise, draws.times(), manager);
    NDArray output =
        network
            .decoder()
            .predict(
                new DenoisingInput(
                    noisy,
                    numbers(draws.times(), manager),
                    condition,
                    draws.hidden(rows, manager),
                    dropout(step, manager)),
                manager);
    NDArray diffusion = compare(output, pictures, noise, noisy, draws.times(), manager);
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

  /** Keys of dropout; each peer has its own. */
  private NDArray dropout(TrainingStep step, NDManager manager) {
    int count = network.decoder().keys();
    if (count == 0) {
      return TransformerKernel.none(manager);
    }
    long rank = step.peers().rank();
    long[] keys = step.random().longs(count).map(key -> key ^ rank << Integer.SIZE).toArray();
    return ConvPath.onHost(keys, manager);
  }

  private static NDArray numbers(int[] times, NDManager manager) {
    long[] numbers = new long[times.length];
    for (int i = 0; i < times.length; i++) {
      numbers[i] = times[i];
    }
    return manager.create(numbers);
  }

  private static StepFigures figures(List<Part> parts, NDArray norm, Peers peers) {
    return StepFigures.of(
        parts.stream().mapToDouble(Part::total).sum(),
        parts.stream().mapToDouble(Part::diffusion).sum(),
        norm.getFloat(),
        peers);
  }

  /** Moments and counters by name. */
  Map<String, NDArray> state() {
    return new LinkedHashMap<>(optimizer.state());
  }

  void load(Map<String, NDArray> state) {
    optimizer.load(state);
  }
}
