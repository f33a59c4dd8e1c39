package org.anymod.core.benchmark;

import java.util.List;

/** Sizes of the published models. */
public enum PublishedSize {
  /** Width 384, 6 + 6 blocks. */
  TINY(384, 6, 6),
  /** Width 512, 8 + 8 blocks. */
  SMALL(512, 8, 8),
  /** Width 768, 12 + 12 blocks. */
  BASE(768, 12, 12),
  /** Width 1024, 24 + 24 blocks. */
  LARGE(1024, 24, 16),
  /** Width 2048, 24 + 24 blocks. */
  XLARGE(2048, 24, 32);

  private final int dim;
  private final int layers;
  private final int heads;

  PublishedSize(int dim, int layers, int heads) {
    this.dim = dim;
    this.layers = layers;
    this.heads = heads;
  }

  /**
   * Returns the size as settings of a model recipe.
   *
   * @return {@code key=value} without the name of the section
   */
  public List<String> settings() {
    return List.of(
        "dim=" + dim, "encoder_layers=" + layers, "decoder_layers=" + layers, "heads=" + heads);
  }
}
