package org.anymod.core.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two datasets of the same samples, seen as one. */
final class JoinedSamples implements Samples {
  private final Samples first;
  private final Samples second;
  private final int[] indexInSecond;
  private final List<String> sources;

  private JoinedSamples(Samples first, Samples second, int[] indexInSecond) {
    this.first = first;
    this.second = second;
    this.indexInSecond = indexInSecond;
    List<String> all = new ArrayList<>(first.sources());
    all.addAll(second.sources());
    this.sources = List.copyOf(all);
  }

  static Samples of(Samples first, Samples second) throws DatasetException {
    Set<String> shared = new LinkedHashSet<>(first.sources());
    shared.retainAll(second.sources());
    if (!shared.isEmpty()) {
      throw new DatasetException(
          "both datasets have the sources " + shared + "; name each source in one of them only");
    }
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < second.size(); i++) {
      if (places.put(second.name(i), i) != null) {
        throw new DatasetException("the second dataset has two samples '" + second.name(i) + "'");
      }
    }
    Set<String> names = new LinkedHashSet<>();
    int[] indices = new int[first.size()];
    for (int i = 0; i < indices.length; i++) {
      if (!names.add(first.name(i))) {
        throw new DatasetException("the first dataset has two samples '" + first.name(i) + "'");
      }
      indices[i] = places.getOrDefault(first.name(i), -1);
    }
    checkSameNames(first, names, second, places.keySet());
    return new JoinedSamples(first, second, indices);
  }

  private static void checkSameNames(
      Samples first, Set<String> firstNames, Samples second, Set<String> secondNames)
      throws DatasetException {
    List<String> lacking = NameMatch.missing(firstNames, secondNames);
    List<String> extra =
        NameMatch.missing(secondNames, firstNames).stream().sorted(SampleName.ORDER).toList();
    if (!lacking.isEmpty() || !extra.isEmpty()) {
      throw new DatasetException(
          "the two datasets do not hold the same samples: "
              + first.sources()
              + " has "
              + firstNames.size()
              + ", "
              + second.sources()
              + " has "
              + secondNames.size()
              + "; missing from the second: "
              + NameMatch.firstFew(lacking)
              + "; missing from the first: "
              + NameMatch.firstFew(extra));
    }
  }

  @Override
  public int size() {
    return indexInSecond.length;
  }

  @Override
  public String name(int index) {
    return first.name(index);
  }

  @Override
  public List<String> sources() {
    return sources;
  }

  @Override
  public boolean has(String source, int index) {
    return first.sources().contains(source)
        ? first.has(source, index)
        : second.has(source, indexInSecond[index]);
  }

  @Override
  public Entry read(String source, int index) throws IOException {
    return first.sources().contains(source)
        ? first.read(source, index)
        : second.read(source, indexInSecond[index]);
  }

  @Override
  public void close() throws IOException {
    try (first;
        second) {
      // Both are closed even if one of them fails.
      return;
    }
  }
}
