package org.anymod.core.generation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anymod.spi.Value;

/**
 * One answer.
 *
 * @param number number of the answer in its request, from 0
 * @param seed seed that draws this answer alone: a request for one sample with this seed, and else
 *     the same, gives the same values; the first answer has that of the request
 * @param values values by model key, in the order in which they were drawn
 */
public record Sample(int number, long seed, Map<String, Value> values) {

  /** Keeps a copy of the map. */
  public Sample {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
