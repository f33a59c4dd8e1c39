package org.anymod.networks.diffusion;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.anymod.torch.Autograd;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;
import org.anymod.torch.TensorScope;
import org.anymod.torch.Torch;
import org.anymod.torch.TransformerKernel;

/**
 * Times one evaluation of a small U-Net against the time that its multiplications take at the speed
 * of a large matrix product of the same process: {@code java -cp ... UNetTiming [side] [batch]
 * [channels]}. A program to run by hand, not a test.
 */
final class UNetTiming {
  private static final int ROUNDS = 7;
  private static final int MATRIX = 1024;

  private UNetTiming() {}

  public static void main(String[] arguments) {
    int side = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 64;
    int batch = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8;
    int channels = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 64;
    DecoderSettings settings =
        new DecoderSettings(Optional.empty(), 4, channels, List.of(1, 2, 2), 2, List.of(2, 4));
    UNet.Plan plan = new UNet.Plan(settings, 3, 32);
    double work = 2.0 * batch * multiplications(plan.path(), side / 4, 4 * channels, 48);
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      NDManager manager = scope.manager();
      double rate = rate(scope);
      UNet unet = new UNet(plan, new Parameters(manager), new InitialValues(1), Precision.FLOAT32, manager);
      NDArray none = TransformerKernel.none(manager);
      NDArray noisy = manager.randomNormal(new Shape(batch, 3, side, side));
      NDArray times = manager.create(new long[batch]);
      NDArray condition = manager.randomNormal(new Shape(batch, 32, side / 8, side / 8));
      DenoisingInput input = new DenoisingInput(noisy, times, condition, none, none);
      double seconds = best(scope, step -> unet.predict(input, step));
      System.out.printf(
          Locale.ROOT,
          "%d threads, side %d, batch %d, channels %d, %.2f M weights: %.2f GFLOP; product %.1f"
              + " GFLOP/s; bound %.1f ms, U-Net %.1f ms, share %.2f%n",
          Torch.threads(),
          side,
          batch,
          channels,
          plan.weights().count() / 1e6,
          work / 1e9,
          rate / 1e9,
          work / rate * 1e3,
          seconds * 1e3,
          work / rate / seconds);
    }
  }

  /** Multiplications for one picture: convolutions, time layers, attention. */
  private static double multiplications(ConvPath path, int patched, int time, int pixels) {
    double total = time / 4.0 * time + (double) time * time;
    int side = patched;
    int width = 0;
    for (ConvPath.Link link : path.links()) {
      double in = link.in();
      double out = link.out();
      switch (link.step()) {
        case KEEP, JOIN -> {}
        case CONVOLUTION -> total += 9 * in * out * side * side;
        case HALVE -> {
          side /= 2;
          total += 9 * in * out * side * side;
        }
        case DOUBLE -> {
          side *= 2;
          total += 9 * in * out * side * side;
        }
        case RESIDUAL -> {
          double skip = in == out ? 0 : in * out;
          total += (9 * in * out + 9 * out * out + skip) * side * side + time * out;
        }
        case ATTENTION -> {
          double places = (double) side * side;
          total += 4 * in * in * places + 2 * in * places * places;
        }
      }
      width = link.out();
    }
    return total + 9.0 * width * pixels * patched * patched;
  }

  /** Operations a second of a matrix product. */
  private static double rate(TensorScope scope) {
    NDArray a = scope.manager().randomNormal(new Shape(MATRIX, MATRIX));
    NDArray b = scope.manager().randomNormal(new Shape(MATRIX, MATRIX));
    double seconds = best(scope, step -> Kernels.shared().call(step, "product", a, b));
    return 2.0 * MATRIX * MATRIX * MATRIX / seconds;
  }

  private interface Work {
    NDArray run(NDManager step);
  }

  private static double best(TensorScope scope, Work work) {
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      try (TensorScope step = scope.open()) {
        long start = System.nanoTime();
        Supplier<NDArray> run = () -> work.run(step.manager());
        // Reading a number waits for the result.
        Autograd.pause(run).flatten().getFloat(0);
        seconds.add((System.nanoTime() - start) / 1e9);
      }
    }
    return seconds.stream().min(Double::compare).orElseThrow();
  }
}
