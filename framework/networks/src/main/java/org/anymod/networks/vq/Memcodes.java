package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.anymod.networks.MatrixProduct;
import org.anymod.spi.Peers;
import org.anymod.torch.Autograd;
import org.anymod.torch.HostNumbers;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;

/**
 * A memory of codes for each part of a latent, with a key to be found by and a value to be decoded
 * (memcodes). In training a code is drawn by a straight-through Gumbel softmax of temperature 1
 * (Jang et al., 2017); otherwise the code with the best key is taken. Nothing is added to the loss.
 */
final class Memcodes implements Quantizer {
  private final QuantizerSettings settings;
  private final Parameters parameters;
  private final NDManager owner;
  private final int codes;
  private NDArray keys;
  private NDArray values;

  Memcodes(
      QuantizerSettings settings,
      int codes,
      InitialValues init,
      Parameters parameters,
      NDManager owner) {
    this.owner = owner;
    this.settings = settings;
    this.parameters = parameters;
    this.codes = codes;
    int heads = settings.codebooks();
    int width = settings.latent() / heads;
    table("codes", new Shape(heads, codes, width), 1, init);
    table("to_k.weight", new Shape(heads, width, width), 1 / Math.sqrt(width), init);
    table("to_v.weight", new Shape(heads, width, width), 1 / Math.sqrt(width), init);
  }

  private void table(String name, Shape shape, double deviation, InitialValues init) {
    String full = "quantize." + name;
    parameters.weight(full, shape, init.normal(full, shape.size(), deviation));
  }

  @Override
  public int codebooks() {
    return settings.codebooks();
  }

  @Override
  public int codes() {
    return codes;
  }

  /** All codes times the matrices of keys or values. */
  private NDArray rows(String matrix, NDManager scope) {
    return Kernels.shared()
        .call(
            scope,
            "memory_rows",
            parameters.get("quantize.codes"),
            parameters.get("quantize." + matrix + ".weight"));
  }

  @Override
  public List<MatrixProduct> products(int places) {
    int heads = settings.codebooks();
    return List.of(new MatrixProduct(places, settings.latent() / heads, codes, heads));
  }

  @Override
  public NDArray ids(NDArray latents, NDManager scope) {
    if (keys == null) {
      keys = Autograd.pause(() -> rows("to_k", owner));
    }
    return Kernels.shared().call(scope, "memory_codes", latents, keys);
  }

  @Override
  public NDArray lookup(NDArray ids, NDManager scope) {
    if (values == null) {
      values = Autograd.pause(() -> rows("to_v", owner));
    }
    return Kernels.shared().call(scope, "memory_lookup", ids, values);
  }

  @Override
  public Quantized train(NDArray latents, RandomGenerator random, Peers peers, NDManager scope) {
    NDArray seed = scope.create(random.nextLong());
    NDArray place = HostNumbers.whole(scope, peers.rank());
    NDList chosen =
        Kernels.shared()
            .callAll(
                scope,
                "memory_train",
                latents,
                rows("to_k", scope),
                rows("to_v", scope),
                seed,
                place);
    return new Quantized(chosen.get(0), chosen.get(1), scope.create(0f), Optional.empty());
  }

  @Override
  public void changed() {
    if (keys != null) {
      keys.close();
      keys = null;
    }
    if (values != null) {
      values.close();
      values = null;
    }
  }
}
