package org.anymod.torch.parallel;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.anymod.torch.TouchedRows;

/** The parts of tables that got a gradient on any rank. */
final class TouchedUnion {
  private final Map<String, Long> tables;
  private final int bits;

  /**
   * Prepares for some tables.
   *
   * @param tables rows of each table, in an order that all ranks share
   */
  TouchedUnion(Map<String, Long> tables) {
    this.tables = new LinkedHashMap<>(tables);
    long sum = tables.size() + tables.values().stream().mapToLong(Long::longValue).sum();
    this.bits = Math.toIntExact(sum);
  }

  TouchedRows of(TouchedRows own, Communicator group) {
    BitSet set = new BitSet(bits);
    int at = 0;
    for (Map.Entry<String, Long> table : tables.entrySet()) {
      set.set(at, own.whole().contains(table.getKey()));
      for (long row : own.rows().getOrDefault(table.getKey(), new long[0])) {
        set.set(at + 1 + (int) row);
      }
      at += 1 + Math.toIntExact(table.getValue());
    }
    long[] words = new long[(bits + 63) / 64];
    long[] known = set.toLongArray();
    System.arraycopy(known, 0, words, 0, known.length);
    group.union(words);
    return rows(BitSet.valueOf(words));
  }

  private TouchedRows rows(BitSet set) {
    Map<String, long[]> rows = new LinkedHashMap<>();
    Set<String> whole = new LinkedHashSet<>();
    int at = 0;
    for (Map.Entry<String, Long> table : tables.entrySet()) {
      int end = at + 1 + Math.toIntExact(table.getValue());
      if (set.get(at)) {
        whole.add(table.getKey());
      }
      int first = at + 1;
      long[] touched = set.get(first, end).stream().asLongStream().toArray();
      if (touched.length > 0) {
        rows.put(table.getKey(), touched);
      }
      at = end;
    }
    return new TouchedRows(rows, whole);
  }
}
