package org.anymod.core.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Datasets one behind the other; a sample has the sources of its own dataset only. */
final class ConcatenatedSamples implements Samples {
  private final List<Samples> parts;
  private final int[] starts;
  private final List<String> sources;

  ConcatenatedSamples(List<Samples> parts) {
    this.parts = List.copyOf(parts);
    this.starts = new int[parts.size() + 1];
    Set<String> all = new LinkedHashSet<>();
    for (int i = 0; i < parts.size(); i++) {
      starts[i + 1] = Math.addExact(starts[i], parts.get(i).size());
      all.addAll(parts.get(i).sources());
    }
    this.sources = List.copyOf(all);
  }

  @Override
  public int size() {
    return starts[starts.length - 1];
  }

  @Override
  public String name(int index) {
    int part = part(index);
    return parts.get(part).name(index - starts[part]);
  }

  @Override
  public List<String> sources() {
    return sources;
  }

  @Override
  public boolean has(String source, int index) {
    int part = part(index);
    checkSource(source);
    return parts.get(part).sources().contains(source)
        && parts.get(part).has(source, index - starts[part]);
  }

  @Override
  public Entry read(String source, int index) throws IOException {
    int part = part(index);
    checkSource(source);
    if (!parts.get(part).sources().contains(source)) {
      throw new DatasetException(
          "the dataset of the sample '" + name(index) + "' has no source '" + source + "'");
    }
    return parts.get(part).read(source, index - starts[part]);
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    for (Samples part : parts) {
      try {
        part.close();
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void checkSource(String source) {
    if (!sources.contains(source)) {
      throw new IllegalArgumentException("no source '" + source + "', there are " + sources);
    }
  }

  private int part(int index) {
    Objects.checkIndex(index, size());
    int found = Arrays.binarySearch(starts, index);
    int part = found >= 0 ? found : -found - 2;
    while (parts.get(part).size() == 0) {
      // Several datasets begin at the same index where some are empty.
      part++;
    }
    return part;
  }
}
