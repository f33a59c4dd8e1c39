package org.anymod.core.benchmark;

import java.util.ArrayList;
import java.util.List;

/** Times of one thing done several times, in nanoseconds. */
final class Timings {
  private final List<Long> nanos = new ArrayList<>();

  void add(long time) {
    nanos.add(time);
  }

  int count() {
    return nanos.size();
  }

  long total() {
    return nanos.stream().mapToLong(Long::longValue).sum();
  }

  double median() {
    List<Long> sorted = nanos.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
  }

  long fastest() {
    return nanos.stream().mapToLong(Long::longValue).min().orElseThrow();
  }

  long slowest() {
    return nanos.stream().mapToLong(Long::longValue).max().orElseThrow();
  }
}
