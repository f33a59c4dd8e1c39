package org.anymod.core.generation;

import java.util.List;

/**
 * The answer to a request.
 *
 * @param samples one for each answer that was asked for
 * @param outputs how each output was made, in the order in which they were drawn
 */
public record Result(List<Sample> samples, List<OutputReport> outputs) {

  /** Keeps copies of the lists. */
  public Result {
    samples = List.copyOf(samples);
    outputs = List.copyOf(outputs);
  }
}
