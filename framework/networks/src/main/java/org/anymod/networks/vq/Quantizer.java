package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.anymod.networks.MatrixProduct;
import org.anymod.spi.Peers;

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
   * Returns whether tables wait for the first latents to start from; see {@link #start}.
   *
   * @return false unless they do
   */
  default boolean waits() {
    return false;
  }

  /**
   * Puts waiting tables where the latents of the first training step are.
   *
   * @param latents {@code (batch, places, latent)} of each batch of the step, not recorded
   * @param random the only source of chance
   * @param scope owner of what is needed on the way
   */
  default void start(List<NDArray> latents, RandomGenerator random, NDManager scope) {}

  /**
   * Quantises latents in training: gradients flow through to the latents. Tables that learn from
   * averages stay as they are until {@link #learn}.
   *
   * @param latents {@code (batch, places, latent)}, recorded
   * @param random the only source of chance
   * @param scope owner of the results
   * @return the quantised latents, ids and loss
   */
  default Quantized train(NDArray latents, RandomGenerator random, NDManager scope) {
    return train(latents, random, Peers.NONE, scope);
  }

  /**
   * Quantises a part of a batch of which peers have the other parts.
   *
   * @param latents {@code (batch, places, latent)}, recorded
   * @param random the only source of chance, the same for all peers
   * @param peers who has the other parts
   * @param scope owner of the results
   * @return the quantised latents, ids and loss
   */
  Quantized train(NDArray latents, RandomGenerator random, Peers peers, NDManager scope);

  /**
   * Moves tables that learn from averages, once for all batches of a step, and gives dead codes a
   * new place.
   *
   * @param parts what {@link #train} gave for each batch
   * @param random the only source of chance
   * @param scope owner of what is needed on the way
   * @return how many codes were dead
   */
  default int learn(List<Quantized> parts, RandomGenerator random, NDManager scope) {
    return learn(parts, random, Peers.NONE, scope);
  }

  /**
   * Moves tables that learn from averages in the same way on all peers.
   *
   * @param parts what {@link #train} gave for each batch
   * @param random the only source of chance, the same for all peers
   * @param peers who has the other parts of each batch
   * @param scope owner of what is needed on the way
   * @return how many codes were dead
   */
  default int learn(List<Quantized> parts, RandomGenerator random, Peers peers, NDManager scope) {
    return 0;
  }

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
    return new Quantized(lookup(ids, scope), ids, scope.create(0f), Optional.empty());
  }
}
