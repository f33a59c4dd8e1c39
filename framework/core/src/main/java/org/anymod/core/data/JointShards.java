package org.anymod.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Samples in tar files that hold all sources together, {@code root/shard-00000.tar} with entries
 * {@code <sample>.<source>.<extension>}. Headers are read when it is opened.
 */
final class JointShards implements Samples {
  private final List<String> sources;
  private final List<Map<String, TarIndex>> shards;
  private final int[] starts;

  private JointShards(List<String> sources, List<Map<String, TarIndex>> shards) {
    this.sources = sources;
    this.shards = shards;
    this.starts = new int[shards.size() + 1];
    for (int i = 0; i < shards.size(); i++) {
      starts[i + 1] = Math.addExact(starts[i], shards.get(i).get(sources.get(0)).keys().size());
    }
  }

  /** Opens the given files, for all sources of the first sample where none is wanted. */
  static JointShards open(Path root, List<String> wanted, List<String> files) throws IOException {
    Path realRoot = root.toRealPath();
    for (String file : files) {
      Path tar = root.resolve(file);
      if (!Files.isRegularFile(tar)) {
        throw new DatasetException(tar + " is missing");
      }
      SafePath.check(realRoot, tar);
    }
    List<String> sources = wanted.isEmpty() ? sources(root, files) : wanted;
    if (sources.isEmpty()) {
      throw new DatasetException(root.resolve(files.get(0)) + " holds no samples");
    }
    List<Map<String, TarIndex>> shards = new ArrayList<>();
    for (String file : files) {
      shards.add(JointIndex.read(root.resolve(file), sources));
    }
    return new JointShards(sources, List.copyOf(shards));
  }

  /** Returns the sources of the first sample. */
  static List<String> sources(Path root, List<String> files) throws IOException {
    return JointIndex.sources(root.resolve(files.get(0)));
  }

  /** Returns the names of the tar files that lie in a folder itself, sorted. */
  static List<String> filesIn(Path root) throws IOException {
    try (Stream<Path> children = Files.list(root)) {
      return children
          .filter(Files::isRegularFile)
          .map(child -> child.getFileName().toString())
          .filter(name -> name.endsWith(".tar") && !name.startsWith("."))
          .sorted(SampleName.ORDER)
          .toList();
    }
  }

  @Override
  public int size() {
    return starts[starts.length - 1];
  }

  @Override
  public String name(int index) {
    int shard = shardOf(index);
    return shards.get(shard).get(sources.get(0)).keys().get(index - starts[shard]);
  }

  @Override
  public List<String> sources() {
    return sources;
  }

  @Override
  public boolean has(String source, int index) {
    known(source);
    Objects.checkIndex(index, size());
    return true;
  }

  @Override
  public Entry read(String source, int index) throws IOException {
    known(source);
    int shard = shardOf(index);
    return shards.get(shard).get(source).read(index - starts[shard]);
  }

  private void known(String source) {
    if (!sources.contains(source)) {
      throw new IllegalArgumentException("no source '" + source + "', there are " + sources);
    }
  }

  private int shardOf(int index) {
    Objects.checkIndex(index, size());
    int found = Arrays.binarySearch(starts, index);
    return found >= 0 ? found : -found - 2;
  }

  @Override
  public void close() {
    // Files are open only while they are read.
  }
}
