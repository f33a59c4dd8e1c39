package org.anymod.core.generation;

/**
 * Hears of outputs as they are finished. Called by the generator's thread, one call at a time, so
 * it should return soon; what it throws fails the request.
 */
@FunctionalInterface
public interface OutputListener {

  /** Hears nothing. */
  OutputListener NONE = output -> {};

  /**
   * An output is finished for some samples of the request.
   *
   * @param output the output
   */
  void finished(FinishedOutput output);
}
