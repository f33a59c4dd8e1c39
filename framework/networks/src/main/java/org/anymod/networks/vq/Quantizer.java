package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.random.RandomGenerator;
import org.anymod.networks.MatrixProduct;

/**
 * Turns latents into codes and codes into latents. Latents are {@code (batch, places, latent)} of
 * float32, ids {@code (batch, codebooks, places)} of int64: one id in each codebook for each place.
 */
public sealed interface Quantizer permits AveragedCodebook, Memcodes, ScalarQuantizer {

  /**
   * Returns the number of ids for a place.
   *
   * @return at least 1
   */
  int codebooks();

  /**
   * Returns the number of different ids.
   *
   * @return ids are 0 to {@code codes() - 1}
   */
  int codes();

  /**
   * Finds the codes of latents; the first one where several fit equally.
   *
   * @param latents {@code (batch, places, latent)}
   * @param scope owner of the result
   * @return ids {@code (batch, codebooks, places)}
   */
  NDArray ids(NDArray latents, NDManager scope);

  /**
   * Returns what codes stand for.
   *
   * @param ids {@code (batch, codebooks, places)}
   * @param scope owner of the result
   * @return latents {@code (batch, places, latent)}
   */
  NDArray lookup(NDArray ids, NDManager scope);

  /**
   * Quantises latents in training: gradients flow through to the latents, and tables that learn
   * from averages are moved.
   *
   * @param latents {@code (batch, places, latent)}, recorded
   * @param random the only source of chance
   * @param scope owner of the results
   * @return the quantised latents, ids and loss
   */
  Quantized train(NDArray latents, RandomGenerator random, NDManager scope);

  /** Tells that tables were overwritten or trained, so that nothing derived from them is kept. */
  default void changed() {}

  /**
   * Returns the products by which codes are found.
   *
   * @param places latents of one value
   * @return the products; none where no table is searched
   */
  default List<MatrixProduct> products(int places) {
    return List.of();
  }

  /**
   * Quantises latents.
   *
   * @param latents {@code (batch, places, latent)}
   * @param scope owner of the results
   * @return quantised latents and ids
   */
  default Quantized quantize(NDArray latents, NDManager scope) {
    NDArray ids = ids(latents, scope);
    return new Quantized(lookup(ids, scope), ids, scope.create(0f), 0);
  }
}
