package org.anymod.networks.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anymod.networks.vq.SinePositions;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Parameters;

/** Names, shapes and first values of weights in the order in which a kernel takes them. */
final class WeightPlan {
  /** How a weight starts. */
  enum Start {
    /** Uniform with bound {@code 1 / sqrt(inputs)}. */
    FAN_IN,
    /** After Glorot and Bengio. */
    XAVIER,
    /** Normal with deviation 0.02. */
    NORMAL,
    /** All 0. */
    ZERO,
    /** All 1. */
    ONE,
    /** A position table: fixed, not trained. */
    POSITIONS,
    /** Not there: a tensor without elements takes its place. */
    ABSENT
  }

  /**
   * A weight.
   *
   * @param name name in the checkpoint
   * @param shape shape
   * @param start how it starts
   * @param inputs inputs of the layer it belongs to
   */
  record Entry(String name, Shape shape, Start start, long inputs) {}

  private static final Entry ABSENT = new Entry("", new Shape(0), Start.ABSENT, 0);

  private final String prefix;
  private final List<Entry> entries = new ArrayList<>();

  WeightPlan(String prefix) {
    this.prefix = prefix;
  }

  /** Weight and bias of a layer; the first size is that of the outputs. */
  void layer(String name, Start start, long... sizes) {
    long inputs = Arrays.stream(sizes).skip(1).reduce(1, (a, b) -> a * b);
    add(name + ".weight", start, inputs, sizes);
    add(name + ".bias", start == Start.FAN_IN ? start : Start.ZERO, inputs, sizes[0]);
  }

  /** Weight and bias of a norm. */
  void norm(String name, long width) {
    add(name + ".weight", Start.ONE, width, width);
    add(name + ".bias", Start.ZERO, width, width);
  }

  void add(String name, Start start, long inputs, long... sizes) {
    entries.add(new Entry(prefix + name, new Shape(sizes), start, inputs));
  }

  /** Places of weights that this network does not have. */
  void absent(int count) {
    for (int i = 0; i < count; i++) {
      entries.add(ABSENT);
    }
  }

  List<Entry> entries() {
    return entries;
  }

  /** Numbers in all weights. */
  long count() {
    return entries.stream().mapToLong(entry -> entry.shape().size()).sum();
  }

  /** Adds the weights to a network; returns them in the kernel's order. */
  List<NDArray> create(Parameters parameters, InitialValues init, NDArray none) {
    List<NDArray> weights = new ArrayList<>();
    for (Entry entry : entries) {
      weights.add(create(entry, parameters, init, none));
    }
    return weights;
  }

  private static NDArray create(
      Entry entry, Parameters parameters, InitialValues init, NDArray none) {
    String name = entry.name();
    Shape shape = entry.shape();
    long count = shape.size();
    return switch (entry.start()) {
      case FAN_IN ->
          parameters.weight(name, shape, init.uniform(name, count, 1 / Math.sqrt(entry.inputs())));
      case XAVIER -> {
        int packed = name.contains("qkv") ? 3 : name.contains(".kv.") ? 2 : 1;
        yield parameters.weight(
            name, shape, init.xavier(name, shape.get(0), count / shape.get(0), packed));
      }
      case NORMAL -> parameters.weight(name, shape, init.normal(name, count, 0.02));
      case ZERO -> parameters.weight(name, shape, InitialValues.constant(count, 0));
      case ONE -> parameters.weight(name, shape, InitialValues.constant(count, 1));
      case POSITIONS ->
          parameters.buffer(
              name,
              shape,
              SinePositions.grid((int) shape.get(1), (int) shape.get(2), (int) shape.get(3)));
      case ABSENT -> none;
    };
  }
}
