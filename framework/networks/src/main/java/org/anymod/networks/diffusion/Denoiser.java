package org.anymod.networks.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.anymod.torch.Kernels;
import org.anymod.torch.TensorScope;
import org.anymod.torch.TransformerKernel;

/**
 * Samples pictures from conditions: starts from noise and follows the sampler. Each picture has its
 * own source of chance, so that what comes out does not depend on its company in a batch.
 */
final class Denoiser {
  private final DiffusionDecoder decoder;
  private final SamplingSettings settings;

  Denoiser(DiffusionDecoder decoder, SamplingSettings settings) {
    this.decoder = decoder;
    this.settings = settings;
  }

  /**
   * Samples.
   *
   * @param condition latents (batch, latent, rows, columns)
   * @param channels channels of a picture
   * @param side its height and width, a multiple of what the decoder asks for
   * @param chance a source for each picture
   * @param scope owner of the result
   * @return pictures (batch, channels, side, side)
   */
  NDArray sample(
      NDArray condition,
      int channels,
      int side,
      List<? extends RandomGenerator> chance,
      TensorScope scope) {
    Shape shape = new Shape(chance.size(), channels, side, side);
    NDArray picture = normal(shape, chance, scope.manager());
    for (int time : settings.sampler().steps(settings.steps())) {
      try (TensorScope step = scope.open()) {
        NDArray next = step(picture, condition, time, chance, step.manager());
        next.attach(scope.manager());
        picture.close();
        picture = next;
      }
    }
    return picture;
  }

  private NDArray step(
      NDArray picture,
      NDArray condition,
      int time,
      List<? extends RandomGenerator> chance,
      NDManager manager) {
    Sampler sampler = settings.sampler();
    NDArray output = output(picture, condition, time, manager);
    NDArray noise =
        sampler.needsNoise(time)
            ? normal(picture.getShape(), chance, manager)
            : TransformerKernel.none(manager);
    return sampler.step(picture, output, noise, time, settings.steps(), manager).picture();
  }

  private NDArray output(NDArray picture, NDArray condition, int time, NDManager manager) {
    NDArray none = TransformerKernel.none(manager);
    long[] times = new long[(int) picture.getShape().get(0)];
    Arrays.fill(times, time);
    NDArray steps = manager.create(times);
    NDArray given =
        decoder.predict(new DenoisingInput(picture, steps, condition, none, none), manager);
    if (settings.guidance() == 1) {
      return given;
    }
    Shape grid = condition.getShape();
    NDArray hidden =
        manager
            .ones(new Shape(grid.get(0), grid.get(2), grid.get(3)))
            .toType(DataType.BOOLEAN, false);
    NDArray without =
        decoder.predict(new DenoisingInput(picture, steps, condition, hidden, none), manager);
    NDArray scales = manager.create(new double[] {settings.guidance(), settings.rescale()});
    NDArray onHost = scales.toDevice(ai.djl.Device.cpu(), false);
    return Kernels.shared().call(manager, "guide", without, given, onHost);
  }

  /** Standard normal numbers, those of each picture from its own source. */
  static NDArray normal(Shape shape, List<? extends RandomGenerator> chance, NDManager manager) {
    long[] keys = chance.stream().mapToLong(RandomGenerator::nextLong).toArray();
    return normal(shape, keys, manager);
  }

  /** Standard normal numbers, those of each picture from its own key. */
  static NDArray normal(Shape shape, long[] keys, NDManager manager) {
    NDArray count = ConvPath.onHost(new long[] {shape.size() / keys.length}, manager);
    return Kernels.shared()
        .call(manager, "keyed_normal", manager.create(keys), count)
        .reshape(shape);
  }
}
