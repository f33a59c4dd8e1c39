package org.anymod.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What earlier runs left in the folder of a dataset, finished or not, so that a new one takes over
 * what is right and removes the rest. Only for who holds the folder's {@link FolderLock}.
 */
public final class EarlierShards {
  private static final String TEMPORARY = ".tmp";
  private static final String TAR = ".tar";
  private static final String IMPORTED = ".imported";

  private final Path root;

  /**
   * Looks at a folder.
   *
   * @param root folder of the split
   */
  public EarlierShards(Path root) {
    this.root = root;
  }

  /**
   * Returns the sources that were finished.
   *
   * @return those in the manifest; empty if there is none
   * @throws IOException if it cannot be read
   */
  public Set<String> finished() throws IOException {
    return DatasetManifest.isAt(root)
        ? new TreeSet<>(DatasetManifest.read(root).sources().keySet())
        : Set.of();
  }

  /**
   * Returns whether the finished sources hold exactly these samples.
   *
   * @param samples the samples, in order
   * @return false also where nothing is finished
   * @throws IOException if the manifest cannot be read
   */
  public boolean hold(Samples samples) throws IOException {
    if (!DatasetManifest.isAt(root)) {
      return false;
    }
    DatasetManifest manifest = DatasetManifest.read(root);
    if (manifest.samples() != samples.size()) {
      return false;
    }
    int from = 0;
    for (DatasetManifest.Shard shard : manifest.sources().values().iterator().next()) {
      if (!shard.names().equals(DatasetManifest.digest(names(samples, from, shard.samples())))) {
        return false;
      }
      from += shard.samples();
    }
    return true;
  }

  /**
   * Returns whether the dataset came from elsewhere and could not be made again.
   *
   * @return true after {@link #markImported}
   */
  public boolean areImported() {
    return Files.exists(root.resolve(IMPORTED));
  }

  /**
   * Notes that the dataset came from elsewhere.
   *
   * @throws IOException if the disk cannot be written
   */
  public void markImported() throws IOException {
    AtomicFile.write(root.resolve(IMPORTED), new byte[0]);
  }

  private static List<String> names(Samples samples, int from, int count) {
    int to = Math.min(samples.size(), from + count);
    return IntStream.range(from, to).mapToObj(samples::name).toList();
  }

  /**
   * Removes files that a process was writing when it was killed.
   *
   * @param sources names of folders
   * @throws IOException if the disk cannot be written
   */
  public void removeTemporary(Collection<String> sources) throws IOException {
    remove(root, name -> name.endsWith(TEMPORARY));
    for (String source : sources) {
      remove(root.resolve(source), name -> name.endsWith(TEMPORARY));
    }
  }

  /**
   * Removes a source. Whenever that is cut short, it is neither in the manifest nor can its shards
   * be taken for those of another contract.
   *
   * @param source name of its folder
   * @throws IOException if the disk cannot be written
   */
  public void discard(String source) throws IOException {
    if (finished().contains(source)) {
      ManifestUpdate.remove(root, source);
    }
    remove(root.resolve(source), name -> !name.equals(TokenContract.FILE));
    remove(root.resolve(source), name -> true);
  }

  /**
   * Removes shards of an unfinished dataset that are not those a run would write.
   *
   * @param sources names of folders
   * @param samples the samples of the run, in order
   * @param samplesPerShard samples of each shard but the last
   * @throws IOException if the disk cannot be written
   */
  public void discardMisfits(Collection<String> sources, Samples samples, int samplesPerShard)
      throws IOException {
    int shards = (int) (((long) samples.size() + samplesPerShard - 1) / samplesPerShard);
    Set<String> expected =
        IntStream.range(0, shards).mapToObj(ShardFile::name).collect(Collectors.toSet());
    for (String source : sources) {
      Path folder = root.resolve(source);
      remove(folder, name -> name.endsWith(TAR) && !expected.contains(name));
      for (int i = 0; i < shards; i++) {
        Path tar = folder.resolve(ShardFile.name(i));
        if (Files.exists(tar) && !fits(tar, names(samples, i * samplesPerShard, samplesPerShard))) {
          Files.delete(tar);
        }
      }
    }
  }

  private static boolean fits(Path tar, List<String> names) throws IOException {
    try {
      return TarIndex.read(tar).keys().equals(names);
    } catch (DatasetException e) {
      // Damaged: as good as not there.
      return false;
    }
  }

  private static List<String> list(Path folder, Predicate<String> which) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(which)
          .sorted(SampleName.ORDER)
          .toList();
    }
  }

  private static void remove(Path folder, Predicate<String> which) throws IOException {
    for (String name : list(folder, which)) {
      Files.delete(folder.resolve(name));
    }
  }
}
