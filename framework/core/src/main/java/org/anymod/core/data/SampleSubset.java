package org.anymod.core.data;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** Some samples of another dataset, in an order of its own. */
final class SampleSubset implements Samples {
  private final Samples samples;
  private final int[] indices;

  SampleSubset(Samples samples, int[] indices) {
    for (int index : indices) {
      Objects.checkIndex(index, samples.size());
    }
    this.samples = samples;
    this.indices = indices;
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public String name(int index) {
    return samples.name(indices[index]);
  }

  @Override
  public List<String> sources() {
    return samples.sources();
  }

  @Override
  public boolean has(String source, int index) {
    return samples.has(source, indices[index]);
  }

  @Override
  public Entry read(String source, int index) throws IOException {
    return samples.read(source, indices[index]);
  }

  @Override
  public void close() throws IOException {
    samples.close();
  }
}
