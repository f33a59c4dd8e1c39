package org.anymod.networks.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The entries {@code [S_0], [S_1], ...} of a vocabulary. */
final class Sentinels {
  private final int[] ids;
  private final int[] numbers;

  private Sentinels(int[] ids, int[] numbers) {
    this.ids = ids;
    this.numbers = numbers;
  }

  static String token(int k) {
    return "[S_" + k + "]";
  }

  static Sentinels of(List<String> tokens) {
    Map<String, Integer> named = new HashMap<>();
    for (int id = 0; id < tokens.size(); id++) {
      if (tokens.get(id).startsWith("[S_")) {
        named.put(tokens.get(id), id);
      }
    }
    int count = 0;
    while (named.containsKey(token(count))) {
      count++;
    }
    int[] ids = new int[count];
    int largest = -1;
    for (int k = 0; k < count; k++) {
      ids[k] = named.get(token(k));
      largest = Math.max(largest, ids[k]);
    }
    int[] numbers = new int[largest + 1];
    Arrays.fill(numbers, -1);
    for (int k = 0; k < count; k++) {
      numbers[ids[k]] = k;
    }
    return new Sentinels(ids, numbers);
  }

  int count() {
    return ids.length;
  }

  int largestId() {
    return numbers.length - 1;
  }

  int id(int k) {
    if (k < 0 || k >= ids.length) {
      throw new IllegalArgumentException(
          "there is no sentinel "
              + token(k)
              + ", the vocabulary has "
              + ids.length
              + " of them, numbered from 0");
    }
    return ids[k];
  }

  /** The number of a sentinel, or -1 for other ids. */
  int numberOf(int id) {
    return id >= 0 && id < numbers.length ? numbers[id] : -1;
  }
}
