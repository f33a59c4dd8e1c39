package org.anymod.sdk.test;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.anymod.torch.StreamRandom;

/**
 * What a loss is tried on: a prediction and a target, the first axis counting samples.
 *
 * @param predictionShape sizes of the prediction, such as {@code (batch, channels, height, width)}
 * @param prediction its numbers
 * @param targetShape sizes of the target
 * @param target its numbers; class numbers where {@code classes} is true
 * @param classes whether the target holds class numbers of type int64
 */
public record LossInput(
    List<Long> predictionShape,
    List<Float> prediction,
    List<Long> targetShape,
    List<Float> target,
    boolean classes) {

  /** Keeps the numbers unmodifiable. */
  public LossInput {
    predictionShape = List.copyOf(predictionShape);
    prediction = List.copyOf(prediction);
    targetShape = List.copyOf(targetShape);
    target = List.copyOf(target);
  }

  /**
   * Random numbers and a target of the same shape that differs from each by 0.1 to 0.6, so that
   * numeric gradients do not meet the kink of absolute differences.
   *
   * @param seed the seed
   * @param shape sizes, samples first
   * @return the input
   */
  public static LossInput numbers(long seed, long... shape) {
    StreamRandom random = StreamRandom.at(seed, "loss input");
    int size = (int) new Shape(shape).size();
    Float[] prediction = new Float[size];
    Float[] target = new Float[size];
    for (int i = 0; i < size; i++) {
      prediction[i] = (float) random.nextGaussian();
      float away = 0.1f + 0.5f * random.nextFloat();
      target[i] = prediction[i] + (random.nextBoolean() ? away : -away);
    }
    List<Long> sizes = sizes(shape);
    return new LossInput(sizes, List.of(prediction), sizes, List.of(target), false);
  }

  /**
   * Random logits of shape {@code (count, classes)} and class numbers of shape {@code (count)}.
   *
   * @param seed the seed
   * @param count number of places
   * @param classes number of classes
   * @return the input
   */
  public static LossInput classes(long seed, int count, int classes) {
    StreamRandom random = StreamRandom.at(seed, "loss input");
    Float[] logits = new Float[count * classes];
    Float[] target = new Float[count];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < count; i++) {
      target[i] = (float) random.nextInt(classes);
    }
    return new LossInput(
        sizes(count, classes), List.of(logits), sizes(count), List.of(target), true);
  }

  private static List<Long> sizes(long... shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  /** Returns the prediction, with each sample as often as asked. */
  NDArray prediction(NDManager owner, int times) {
    return owner.create(repeated(prediction, times), shape(predictionShape, times));
  }

  /** Returns the target, with each sample as often as asked. */
  NDArray target(NDManager owner, int times) {
    float[] numbers = repeated(target, times);
    if (!classes) {
      return owner.create(numbers, shape(targetShape, times));
    }
    long[] whole = new long[numbers.length];
    Arrays.setAll(whole, i -> (long) numbers[i]);
    return owner.create(whole, shape(targetShape, times));
  }

  private static float[] repeated(List<Float> numbers, int times) {
    float[] all = new float[numbers.size() * times];
    for (int i = 0; i < all.length; i++) {
      all[i] = numbers.get(i % numbers.size());
    }
    return all;
  }

  private static Shape shape(List<Long> sizes, int times) {
    long[] shape = sizes.stream().mapToLong(Long::longValue).toArray();
    shape[0] *= times;
    return new Shape(shape);
  }
}
