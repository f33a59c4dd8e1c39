package org.anymod.core.generation;

import java.util.List;
import org.anymod.spi.Value;

/**
 * An output that is there before the rest of its request.
 *
 * @param key model key
 * @param first number of the first of these samples in the request
 * @param values its value for each of these samples
 */
public record FinishedOutput(String key, int first, List<Value> values) {

  /** Keeps a copy of the list. */
  public FinishedOutput {
    values = List.copyOf(values);
  }
}
