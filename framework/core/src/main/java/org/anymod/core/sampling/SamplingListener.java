package org.anymod.core.sampling;

import java.util.List;

/** Watches a chain as it is sampled, on the thread that samples. */
public interface SamplingListener {
  /** Watches nothing. */
  SamplingListener NONE = new SamplingListener() {};

  /**
   * A link is finished. What it sampled does not change any more.
   *
   * @param link the link
   * @param rows the rows, with what has been sampled so far
   */
  default void finished(Link link, List<Row> rows) {}

  /**
   * Whether sampling should end. Asked between decoding steps and between tokens; then {@link
   * Sampler#sample} throws {@link java.util.concurrent.CancellationException}.
   *
   * @return true to end
   */
  default boolean stopped() {
    return false;
  }
}
