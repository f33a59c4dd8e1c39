package org.anymod.core.data;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Samples whose sources have other names than their folders. */
final class RenamedSamples implements Samples {
  private final Samples samples;
  private final List<String> sources;
  private final Map<String, String> folders;

  /**
   * Renames.
   *
   * @param samples have folders as sources
   * @param sources the other names
   * @param folders folder of each source whose folder has another name
   */
  RenamedSamples(Samples samples, List<String> sources, Map<String, String> folders) {
    this.samples = samples;
    this.sources = List.copyOf(sources);
    this.folders = folders;
  }

  private String folder(String source) {
    if (!sources.contains(source)) {
      throw new IllegalArgumentException("no source '" + source + "', there are " + sources);
    }
    return folders.getOrDefault(source, source);
  }

  @Override
  public int size() {
    return samples.size();
  }

  @Override
  public String name(int index) {
    return samples.name(index);
  }

  @Override
  public List<String> sources() {
    return sources;
  }

  @Override
  public boolean has(String source, int index) {
    return samples.has(folder(source), index);
  }

  @Override
  public Entry read(String source, int index) throws IOException {
    return samples.read(folder(source), index);
  }

  @Override
  public void close() throws IOException {
    samples.close();
  }
}
