package org.anymod.torch;

import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The parts of tables that got a gradient in a step.
 *
 * @param rows for each table that was touched in part, its rows, each once
 * @param whole names of the tables that were touched everywhere
 */
public record TouchedRows(Map<String, long[]> rows, Set<String> whole) {
  /** No table was touched. */
  public static final TouchedRows NONE = new TouchedRows(Map.of(), Set.of());

  /** Returns whether any row of a table was touched. */
  boolean touches(String table) {
    return whole.contains(table) || rows.containsKey(table) && rows.get(table).length > 0;
  }

  /** Returns the touched rows of a table that has so many. */
  long[] of(String table, long count) {
    return whole.contains(table)
        ? LongStream.range(0, count).toArray()
        : rows.getOrDefault(table, new long[0]);
  }
}
