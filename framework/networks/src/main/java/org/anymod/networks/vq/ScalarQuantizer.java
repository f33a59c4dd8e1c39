package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.anymod.networks.SettingsReader;
import org.anymod.spi.Peers;
import org.anymod.torch.Kernels;

/**
 * Finite scalar quantization (Mentzer et al., 2023, arXiv 2309.15505): each dimension of a latent
 * is bounded by {@code tanh} and rounded to one of its levels; gradients pass the rounding
 * unchanged. There is no table to learn, so no code can die. An id is a number whose digits are the
 * steps, the first dimension varying fastest.
 */
final class ScalarQuantizer implements Quantizer {
  private final QuantizerSettings settings;
  private final int codes;
  private final NDArray levels;

  ScalarQuantizer(QuantizerSettings settings, int codes, NDManager owner) {
    long product = 1;
    for (int level : settings.levels()) {
      product = Math.min(product * level, Integer.MAX_VALUE);
    }
    if (product != codes) {
      throw SettingsReader.wrong(
          "levels",
          settings.levels() + ", whose product is " + product,
          "numbers whose product is the vocabulary, " + codes);
    }
    this.settings = settings;
    this.codes = codes;
    this.levels = owner.create(settings.levels().stream().mapToLong(i -> i).toArray());
  }

  @Override
  public int codebooks() {
    return settings.codebooks();
  }

  @Override
  public int codes() {
    return codes;
  }

  @Override
  public NDArray ids(NDArray latents, NDManager scope) {
    return Kernels.shared().callAll(scope, "scalar_quantize", latents, levels).get(1);
  }

  @Override
  public NDArray lookup(NDArray ids, NDManager scope) {
    return Kernels.shared().call(scope, "scalar_lookup", ids, levels);
  }

  @Override
  public Quantized train(NDArray latents, RandomGenerator random, Peers peers, NDManager scope) {
    NDList results = Kernels.shared().callAll(scope, "scalar_quantize", latents, levels);
    return new Quantized(results.get(0), results.get(1), scope.create(0f), Optional.empty());
  }
}
