package org.anymod.media;

import java.util.List;
import org.anymod.spi.Codec;
import org.anymod.spi.Labeler;
import org.anymod.spi.Metric;
import org.anymod.spi.Renderer;
import org.anymod.spi.Representation;
import org.anymod.spi.ValueSpec;

/**
 * What a modality is put together from.
 *
 * @param value what its values are
 * @param codec reader and writer of its files
 * @param representation how values become model inputs and back
 * @param renderer how values are shown
 * @param metric how wrong a value is
 * @param labelers how values are computed where there are no files
 */
public record ModalityParts(
    ValueSpec value,
    Codec codec,
    Representation representation,
    Renderer renderer,
    Metric metric,
    List<Labeler> labelers) {

  /** Copies the list. */
  public ModalityParts {
    labelers = List.copyOf(labelers);
  }

  /**
   * Puts together what has files only.
   *
   * @param value what its values are
   * @param codec reader and writer of its files
   * @param representation how values become model inputs and back
   * @param renderer how values are shown
   * @param metric how wrong a value is
   */
  public ModalityParts(
      ValueSpec value,
      Codec codec,
      Representation representation,
      Renderer renderer,
      Metric metric) {
    this(value, codec, representation, renderer, metric, List.of());
  }
}
