package org.anymod.core.transfer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.schedule.CosineSchedule;
import org.anymod.torch.AdamW;
import org.anymod.torch.Autograd;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.StreamRandom;
import org.anymod.torch.TensorScope;

/**
 * Trains a head on an encoder-only model, and as much of the encoder as the mode says. Which
 * examples a step sees is a function of the seed and the step.
 */
public final class TransferTrainer {
  private final EncoderModel model;
  private final Head head;
  private final Settings settings;
  private final Optional<LowRankAdapters> adapters;

  /**
   * Settings of a training.
   *
   * @param steps optimiser steps
   * @param batch examples in a step, at least 1
   * @param learningRate peak rate; a cosine leads to 0
   * @param warmup steps of linear warm-up
   * @param weightDecay decoupled weight decay of matrices
   * @param clip largest global gradient norm; 0 does not clip
   * @param seed seed of the order of examples and of adapters
   */
  public record Settings(
      int steps,
      int batch,
      double learningRate,
      int warmup,
      double weightDecay,
      double clip,
      long seed) {

    /** Checks the numbers of steps and examples. */
    public Settings {
      if (steps < 0 || batch < 1) {
        throw new IllegalArgumentException(
            "steps is " + steps + " and batch is " + batch + ", must be at least 0 and 1");
      }
    }
  }

  /**
   * Prepares a training: freezes what the mode does not train and adds adapters where it has some.
   *
   * @param model the model
   * @param head its head, already attached
   * @param mode what is trained besides the head
   * @param settings the settings
   * @throws IllegalArgumentException if adapters do not fit the model
   */
  public TransferTrainer(EncoderModel model, Head head, TransferMode mode, Settings settings) {
    this.model = model;
    this.head = head;
    this.settings = settings;
    Parameters parameters = model.parameters();
    Predicate<String> frozen = Freezing.nothing();
    LowRankAdapters created = null;
    if (mode instanceof TransferMode.Frozen) {
      frozen = Freezing.allButHead();
    } else if (mode instanceof TransferMode.LowRank lowRank) {
      created = LowRankAdapters.create(parameters, lowRank.settings(), settings.seed());
      model.adapt(created);
      frozen = Freezing.allButHead().and(Freezing.allButLowRank());
    }
    parameters.freeze(frozen);
    this.adapters = Optional.ofNullable(created);
  }

  /**
   * Returns the adapters, to be fused when the training is over.
   *
   * @return the adapters; empty where the mode has none
   */
  public Optional<LowRankAdapters> adapters() {
    return adapters;
  }

  /**
   * Trains.
   *
   * @param examples what to learn from, at least one
   * @param progress hears how far it is
   * @param stop asks to stop after the current step
   * @return the loss of each step done, in nats
   * @throws IOException if an example cannot be read
   * @throws IllegalStateException if the loss is no number
   */
  public List<Float> train(Examples examples, Progress progress, StopSignal stop)
      throws IOException {
    checkNotEmpty(examples);
    CosineSchedule schedule =
        new CosineSchedule(
            settings.learningRate(), 0, settings.warmup(), Math.max(1, settings.steps()));
    List<Float> losses = new ArrayList<>();
    progress.start("transfer", settings.steps(), "step");
    try (AdamW optimizer = optimizer()) {
      for (int step = 0; step < settings.steps() && !stop.requested(); step++) {
        losses.add(step(optimizer, examples, step, schedule.at(step)));
        progress.advance(step + 1, "loss " + losses.get(step));
      }
    }
    progress.finish();
    return losses;
  }

  private AdamW optimizer() {
    Parameters parameters = model.parameters();
    return new AdamW(
        parameters,
        new AdamW.Settings(0.9, 0.999, 1e-8, settings.weightDecay()),
        name -> parameters.get(name).getShape().dimension() > 1,
        model.scope());
  }

  private float step(AdamW optimizer, Examples examples, int step, double learningRate)
      throws IOException {
    int[] indices = indices(examples.size(), step);
    try (TensorScope scope = model.scope().open()) {
      NDArray pictures = pictures(examples, indices, scope);
      long[] classes = labels(examples, indices);
      Shape shape = head.labelShape(model, indices.length);
      NDArray labels = scope.manager().create(classes, shape);
      NDArray loss =
          Autograd.record(
              () -> {
                NDArray logits = head.logits(model, model.encode(pictures, scope), scope);
                return Kernels.shared().call(scope.manager(), "cross_entropy_loss", logits, labels);
              });
      Autograd.backward(loss);
      optimizer.step(learningRate, settings.clip(), scope);
      float value = loss.getFloat();
      if (!Float.isFinite(value)) {
        throw new IllegalStateException(
            "loss is " + value + " at step " + (step + 1) + "; lower the learning rate");
      }
      return value;
    }
  }

  private int[] indices(int size, int step) {
    int[] indices = new int[settings.batch()];
    long epoch = -1;
    int[] order = new int[0];
    for (int i = 0; i < indices.length; i++) {
      long position = (long) step * settings.batch() + i;
      if (position / size != epoch) {
        epoch = position / size;
        order = StreamRandom.at(settings.seed(), "transfer order", epoch).permutation(size);
      }
      indices[i] = order[(int) (position % size)];
    }
    return indices;
  }

  private NDArray pictures(Examples examples, int[] indices, TensorScope scope) throws IOException {
    List<float[]> pictures = new ArrayList<>();
    for (int index : indices) {
      pictures.add(examples.picture(index));
    }
    return model.pictures(pictures, scope);
  }

  private long[] labels(Examples examples, int[] indices) throws IOException {
    int each = (int) head.labelShape(model, 1).size();
    long[] labels = new long[Math.multiplyExact(each, indices.length)];
    for (int i = 0; i < indices.length; i++) {
      long[] own = examples.labels(indices[i]);
      if (own.length != each) {
        throw new IllegalArgumentException(
            "example " + indices[i] + " has " + own.length + " labels, must have " + each);
      }
      for (long label : own) {
        if (label != Examples.IGNORED && (label < 0 || label >= classes())) {
          throw new IllegalArgumentException(
              "example "
                  + indices[i]
                  + " has the label "
                  + label
                  + ", must be 0 to "
                  + (classes() - 1));
        }
      }
      System.arraycopy(own, 0, labels, i * each, each);
    }
    return labels;
  }

  private long classes() {
    return head instanceof ClassificationHead single
        ? single.classes()
        : ((DenseHead) head).classes();
  }

  /**
   * Measures how many labels are predicted.
   *
   * @param examples what to measure on, at least one
   * @return share of correct labels, 0 to 1, ignored ones left out
   * @throws IOException if an example cannot be read
   */
  public double accuracy(Examples examples) throws IOException {
    checkNotEmpty(examples);
    Agreement agreement = new Agreement();
    for (int start = 0; start < examples.size(); start += settings.batch()) {
      int end = Math.min(examples.size(), start + settings.batch());
      int[] indices = IntStream.range(start, end).toArray();
      try (TensorScope scope = model.scope().open()) {
        NDArray pictures = pictures(examples, indices, scope);
        NDArray logits =
            Autograd.pause(() -> head.logits(model, model.encode(pictures, scope), scope));
        agreement.add(
            logits.toFloatArray(), (int) classes(), indices.length, labels(examples, indices));
      }
    }
    return agreement.share();
  }

  private static void checkNotEmpty(Examples examples) {
    if (examples.size() == 0) {
      throw new IllegalArgumentException("there are no examples, must be at least one");
    }
  }
}
