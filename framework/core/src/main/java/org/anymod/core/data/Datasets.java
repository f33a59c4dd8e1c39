package org.anymod.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Opens datasets: tar shards where a {@code manifest.json} lists them, tar files that hold several
 * sources where they lie in place of folders, folders of files otherwise.
 */
public final class Datasets {
  private Datasets() {}

  /**
   * Opens a dataset of which every sample must have a file of every source.
   *
   * @param root folder of the split
   * @param sources names of folders below the root; none means all there are
   * @return the samples, in the shards' order or sorted by name in the order of code points
   * @throws DatasetException if a source is missing or the sources do not hold the same samples; it
   *     says what was looked for and what was found
   * @throws IOException if the disk can't be read
   */
  public static Samples open(Path root, Collection<String> sources) throws IOException {
    return open(root, sources, false);
  }

  /**
   * Opens a dataset.
   *
   * @param root folder of the split
   * @param sources names of folders below the root; none means all there are
   * @param allowMissing whether a sample may lack a file of a source; only folders can have such
   *     samples
   * @return the samples
   * @throws DatasetException if a source is missing or the sources do not hold the same samples
   * @throws IOException if the disk can't be read
   */
  public static Samples open(Path root, Collection<String> sources, boolean allowMissing)
      throws IOException {
    if (!Files.isDirectory(root)) {
      throw new DatasetException(
          "no dataset at "
              + root
              + ": "
              + (Files.exists(root) ? "it is a file" : "no such folder"));
    }
    List<String> wanted = sources.stream().distinct().toList();
    if (DatasetManifest.isAt(root)) {
      return ShardSamples.open(root, wanted);
    }
    List<String> there = folders(root);
    List<String> joint = JointShards.filesIn(root);
    if (!joint.isEmpty()
        && (wanted.isEmpty() ? there : wanted).stream().noneMatch(there::contains)) {
      return JointShards.open(root, wanted, joint);
    }
    List<String> missing = NameMatch.missing(wanted, Set.copyOf(there));
    if (!missing.isEmpty() || there.isEmpty()) {
      throw new DatasetException(
          "no dataset at "
              + root
              + ": looked for "
              + DatasetManifest.FILE
              + " (tar shards) or the folders "
              + (wanted.isEmpty() ? "of sources" : wanted)
              + "; found "
              + (there.isEmpty() ? "no folders" : "the folders " + there));
    }
    List<String> opened = wanted.isEmpty() ? there : wanted;
    refuseUnfinishedShards(root, opened);
    return FolderSamples.open(root, opened, allowMissing);
  }

  /**
   * Opens some of a dataset's tar shards, also such that no {@code manifest.json} lists.
   *
   * @param root folder of the split
   * @param sources names of folders below the root, at least one
   * @param notation which files are read; its folders, if it names any, must hold all sources
   * @return the samples, in the order of the notation
   * @throws DatasetException if a folder or file is missing or the sources do not hold the same
   *     samples in the same order
   * @throws IOException if the disk can't be read
   */
  public static Samples openShards(Path root, Collection<String> sources, ShardNotation notation)
      throws IOException {
    List<String> wanted = sources.stream().distinct().toList();
    List<String> missing =
        notation.folders().isEmpty()
            ? List.of()
            : NameMatch.missing(wanted, Set.copyOf(notation.folders()));
    if (!missing.isEmpty() || wanted.isEmpty()) {
      throw new DatasetException(
          root + ": the shards are of " + notation.folders() + ", needed are " + wanted);
    }
    return ShardSamples.open(root, wanted, notation.files());
  }

  /** Returns the names of the folders in a folder, hidden ones left out, sorted. */
  static List<String> folders(Path root) throws IOException {
    try (Stream<Path> children = Files.list(root)) {
      return children
          .filter(Files::isDirectory)
          .map(child -> child.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted(SampleName.ORDER)
          .toList();
    }
  }

  private static void refuseUnfinishedShards(Path root, List<String> sources) throws IOException {
    for (String source : sources) {
      if (Files.exists(root.resolve(source).resolve(ShardFile.name(0)))) {
        throw new DatasetException(
            root.resolve(source)
                + " holds tar shards, but "
                + root.resolve(DatasetManifest.FILE)
                + " is missing: writing was interrupted; run the same command again to finish it,"
                + " or index the shards if they come from elsewhere");
      }
    }
  }
}
