package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.spi.Peers;
import org.anymod.spi.TrainingStep;
import org.anymod.torch.AdamW;
import org.anymod.torch.Autograd;
import org.anymod.torch.HostNumbers;
import org.anymod.torch.Kernels;
import org.anymod.torch.TensorScope;

/** Trains encoder, codebook and decoder together on what is lost between a value and its tokens. */
final class VqTrainer {
  private final VqNetwork network;
  private final TokenLayout layout;
  private final ValueTensors tensors;
  private final TrainingSettings training;
  private final Reconstruction losses;
  private final Optional<InputScaling> scaling;
  private final TensorScope scope;
  private final AdamW optimizer;
  private final PeerGradients gradients;

  VqTrainer(
      VqNetwork network,
      TokenLayout layout,
      ValueTensors tensors,
      TrainingSettings training,
      Reconstruction losses,
      Optional<InputScaling> scaling,
      TensorScope scope) {
    this.network = network;
    this.layout = layout;
    this.tensors = tensors;
    this.training = training;
    this.losses = losses;
    this.scaling = scaling;
    this.scope = scope;
    this.optimizer =
        new AdamW(
            network.parameters(),
            new AdamW.Settings(0.9, 0.99, 1e-8, training.weightDecay()),
            VqTrainer::decays,
            scope);
    this.gradients = new PeerGradients(optimizer, scope);
  }

  private static boolean decays(String name) {
    return !name.endsWith(".bias") && !name.contains("norm") && !name.endsWith(".gamma");
  }

  /** One recorded pass: what the quantizer made, and the losses of shape (). */
  private record Pass(Quantized quantized, NDArray reconstruction, NDArray total) {}

  /** What is kept of a batch: the quantizer's part, and its share of the step's losses. */
  private record Part(Quantized quantized, double reconstruction, double total) {}

  Map<String, Double> step(TrainingStep step) {
    try (TensorScope all = scope.open()) {
      ValueTensors sized = tensors.like(step.batches().get(0).get(0));
      TokenLayout places = layout.at(tensors.size(), sized.size());
      List<NDArray> inputs = inputs(step, sized, all.manager());
      try (TensorScope start = all.open()) {
        network.encoder().start(inputs, step.random(), step.peers(), start.manager());
      }
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        double share = (double) step.batches().get(i).size() / step.allValues();
        parts.add(gradients(inputs.get(i), places, share, step, all));
      }
      gradients.sum(step.peers());
      NDArray norm = optimizer.step(step.learningRate(), training.clip(), all);
      List<Quantized> quantized = parts.stream().map(Part::quantized).toList();
      Quantizer quantizer = network.encoder().quantizer();
      int dead = quantizer.learn(quantized, step.random(), step.peers(), all.manager());
      quantizer.changed();
      List<NDArray> ids = quantized.stream().map(Quantized::ids).toList();
      return figures(parts, norm, step.peers())
          .report("reconstruction", CodeUse.of(ids, layout.vocabulary(), step.peers()), dead);
    }
  }

  private List<NDArray> inputs(TrainingStep step, ValueTensors sized, NDManager manager) {
    List<NDArray> plain =
        step.batches().stream().map(batch -> sized.tensor(batch, manager)).toList();
    scaling.ifPresent(s -> s.measure(plain, step.peers()));
    return plain.stream().map(input -> InputScaling.in(scaling, input)).toList();
  }

  /** Adds the gradients of one batch; what they took is freed before the next one. */
  private Part gradients(
      NDArray input, TokenLayout places, double share, TrainingStep step, TensorScope all) {
    try (TensorScope pass = all.open()) {
      Pass made = Autograd.record(() -> forward(input, places, step, pass.manager()));
      Autograd.backward(made.total(), share);
      Quantized quantized = made.quantized();
      quantized.ids().attach(all.manager());
      quantized.seen().ifPresent(seen -> seen.attach(all.manager()));
      return new Part(
          quantized, share * made.reconstruction().getFloat(), share * made.total().getFloat());
    }
  }

  private Pass forward(NDArray input, TokenLayout places, TrainingStep step, NDManager manager) {
    Quantized quantized = network.encoder().train(input, step.random(), step.peers(), manager);
    NDArray output = network.decode(quantized.latents(), places.rows(), places.columns(), manager);
    NDArray target = resized(input, output, manager);
    NDArray reconstruction = losses.plain(output, target, manager);
    NDArray sum = reconstruction.add(quantized.loss());
    return new Pass(quantized, reconstruction, losses.withFeatures(sum, output, target));
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

  private static StepFigures figures(List<Part> parts, NDArray norm, Peers peers) {
    return StepFigures.of(
        parts.stream().mapToDouble(Part::total).sum(),
        parts.stream().mapToDouble(Part::reconstruction).sum(),
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
