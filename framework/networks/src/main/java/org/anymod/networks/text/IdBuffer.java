package org.anymod.networks.text;

import java.util.Arrays;

/** A growing list of ids. */
final class IdBuffer {
  private int[] ids = new int[32];
  private int size;

  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
    }
    ids[size++] = id;
  }

  int size() {
    return size;
  }

  /** Drops everything from the given place on. */
  void truncate(int newSize) {
    size = newSize;
  }

  int[] toArray() {
    return Arrays.copyOf(ids, size);
  }
}
