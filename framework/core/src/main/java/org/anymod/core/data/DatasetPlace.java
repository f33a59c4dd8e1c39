package org.anymod.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where one split of a dataset lies.
 *
 * @param root folder of the split
 * @param shards which tar files are read; all that are there if not given
 * @param folders for each source whose folder (or part of the entries' names, in tar files that
 *     hold several sources) has another name, that name
 */
public record DatasetPlace(Path root, Optional<ShardNotation> shards, Map<String, String> folders) {

  /** Checks names. */
  public DatasetPlace {
    folders = Map.copyOf(folders);
    folders.values().forEach(SampleName::checkSource);
  }

  /**
   * A split that is read whole, with folders named as its sources.
   *
   * @param root folder of the split
   * @return the place
   */
  public static DatasetPlace at(Path root) {
    return new DatasetPlace(root, Optional.empty(), Map.of());
  }

  /**
   * Returns the name of a source's folder.
   *
   * @param source name of the source
   * @return the same name, unless another one is given
   */
  public String name(String source) {
    return folders.getOrDefault(source, source);
  }

  /**
   * Returns the folder of a source.
   *
   * @param source name of the source
   * @return the folder, whether it is there or not
   */
  public Path folder(String source) {
    return root.resolve(name(source));
  }

  /**
   * Returns which sources are there.
   *
   * @param sources names of sources
   * @return those with a folder, or with files in the first sample of tar files that hold several
   *     sources
   * @throws IOException if the disk can't be read
   */
  public List<String> present(Collection<String> sources) throws IOException {
    List<String> files = jointFiles(sources);
    if (files.isEmpty()) {
      return sources.stream().filter(source -> Files.isDirectory(folder(source))).toList();
    }
    List<String> there = JointShards.sources(root, files);
    return sources.stream().filter(source -> there.contains(name(source))).toList();
  }

  /** The tar files with several sources each; empty if there are folders or nothing. */
  private List<String> jointFiles(Collection<String> sources) throws IOException {
    if (shards.isPresent()) {
      ShardNotation notation = shards.get();
      boolean here = Files.isRegularFile(root.resolve(notation.files().get(0)));
      return notation.folders().isEmpty() && here ? notation.files() : List.of();
    }
    boolean folder = sources.stream().anyMatch(source -> Files.isDirectory(folder(source)));
    return folder || !Files.isDirectory(root) || DatasetManifest.isAt(root)
        ? List.of()
        : JointShards.filesIn(root);
  }

  /**
   * Opens the samples.
   *
   * @param sources names of sources, at least one
   * @param allowMissing whether a sample may lack a file of a source; only folders can have such
   *     samples
   * @return the samples
   * @throws DatasetException if a source is missing or the sources do not hold the same samples
   * @throws IOException if the disk can't be read
   */
  public Samples open(Collection<String> sources, boolean allowMissing) throws IOException {
    List<String> wanted = sources.stream().distinct().toList();
    Samples samples = openFolders(wanted, wanted.stream().map(this::name).toList(), allowMissing);
    return wanted.stream().allMatch(source -> name(source).equals(source))
        ? samples
        : new RenamedSamples(samples, wanted, folders);
  }

  private Samples openFolders(List<String> sources, List<String> names, boolean allowMissing)
      throws IOException {
    List<String> joint = jointFiles(sources);
    if (!joint.isEmpty()) {
      return JointShards.open(root, names, joint);
    }
    return shards.isPresent()
        ? Datasets.openShards(root, names, shards.get())
        : Datasets.open(root, names, allowMissing);
  }
}
