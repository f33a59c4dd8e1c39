package org.anymod.core.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps the few values that were used last. A value is a function of its place, so it does not
 * matter who computes it. Safe for use by several threads.
 *
 * @param <V> type of a value
 */
final class RecentlyUsed<V> {
  private static final int KEPT = 4;

  private final Map<Place, V> values = new LinkedHashMap<>(16, 0.75f, true);

  private record Place(long first, long second) {}

  synchronized V get(long first, long second, Supplier<V> source) {
    Place place = new Place(first, second);
    V value = values.get(place);
    if (value == null) {
      value = source.get();
      values.put(place, value);
      if (values.size() > KEPT) {
        values.remove(values.keySet().iterator().next());
      }
    }
    return value;
  }
}
