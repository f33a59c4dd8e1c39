package org.anymod.networks.diffusion;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.anymod.networks.diffusion.WeightPlan.Start;

/**
 * A chain of convolutional steps, built one by one: what the kernel does, with which weights, and
 * the number of channels at each point. What is kept on the way down is joined on the way up.
 */
final class ConvPath {
  /** What the kernel can do; the order is that of its step numbers. */
  enum Step {
    KEEP,
    JOIN,
    CONVOLUTION,
    HALVE,
    DOUBLE,
    RESIDUAL,
    ATTENTION
  }

  /** Names that checkpoints give the layers of a residual block, in the order of the kernel. */
  enum Names {
    /** As Dhariwal and Nichol (arXiv 2105.05233) published them. */
    GUIDED(
        "in_layers.0",
        "in_layers.2",
        "emb_layers.1",
        "out_layers.0",
        "out_layers.3",
        "skip_connection",
        Start.FAN_IN),
    /** As in widespread diffusion libraries. */
    RESNET("norm1", "conv1", "time_emb_proj", "norm2", "conv2", "conv_shortcut", Start.XAVIER);

    private final String norm1;
    private final String conv1;
    private final String time;
    private final String norm2;
    private final String conv2;
    private final String skip;
    private final Start start;

    Names(
        String norm1,
        String conv1,
        String time,
        String norm2,
        String conv2,
        String skip,
        Start start) {
      this.norm1 = norm1;
      this.conv1 = conv1;
      this.time = time;
      this.norm2 = norm2;
      this.conv2 = conv2;
      this.skip = skip;
      this.start = start;
    }
  }

  /** A step with the channels it takes and gives. */
  record Link(Step step, int in, int out) {}

  private final WeightPlan weights;
  private final Names names;
  private final int timeWidth;
  private final Deque<Integer> kept;
  private final List<Link> links = new ArrayList<>();
  private int width;

  /** A path that goes on with what another has kept. */
  ConvPath(WeightPlan weights, Names names, int timeWidth, int width, Deque<Integer> kept) {
    this.weights = weights;
    this.names = names;
    this.timeWidth = timeWidth;
    this.width = width;
    this.kept = kept;
  }

  ConvPath(WeightPlan weights, Names names, int timeWidth, int width) {
    this(weights, names, timeWidth, width, new ArrayDeque<>());
  }

  int width() {
    return width;
  }

  Deque<Integer> kept() {
    return kept;
  }

  List<Link> links() {
    return links;
  }

  void keep() {
    kept.push(width);
    link(Step.KEEP, width);
  }

  void join() {
    link(Step.JOIN, width + kept.pop());
  }

  void convolution(String name, int out) {
    weights.layer(name, names.start, out, width, 3, 3);
    link(Step.CONVOLUTION, out);
  }

  void halve(String name) {
    weights.layer(name, names.start, width, width, 3, 3);
    link(Step.HALVE, width);
  }

  void twice(String name) {
    weights.layer(name, names.start, width, width, 3, 3);
    link(Step.DOUBLE, width);
  }

  void residual(String name, int out) {
    weights.norm(name + "." + names.norm1, width);
    weights.layer(name + "." + names.conv1, names.start, out, width, 3, 3);
    weights.layer(name + "." + names.time, names.start, out, timeWidth);
    weights.norm(name + "." + names.norm2, out);
    weights.layer(name + "." + names.conv2, Start.ZERO, out, out, 3, 3);
    if (width == out) {
      weights.absent(2);
    } else {
      weights.layer(name + "." + names.skip, names.start, out, width, 1, 1);
    }
    link(Step.RESIDUAL, out);
  }

  void attention(String name) {
    weights.norm(name + ".norm", width);
    weights.layer(name + ".qkv", names.start, 3L * width, width, 1);
    weights.layer(name + ".proj_out", Start.ZERO, width, width, 1);
    link(Step.ATTENTION, width);
  }

  private void link(Step step, int out) {
    links.add(new Link(step, width, out));
    width = out;
  }

  /** The steps as the kernel takes them. */
  NDArray plan(NDManager manager) {
    long[] steps = links.stream().mapToLong(link -> link.step().ordinal()).toArray();
    return onHost(steps, manager);
  }

  /** Numbers that kernels read: on the CPU whatever the manager's device. */
  static NDArray onHost(long[] numbers, NDManager manager) {
    NDArray tensor = manager.create(numbers);
    return tensor.getDevice().isGpu() ? tensor.toDevice(Device.cpu(), false) : tensor;
  }
}
