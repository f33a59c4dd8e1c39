package org.anymod.core.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.IntConsumer;

/** What a person does with a dataset before a run: pack it, look at it, check it. */
public final class DatasetTools {
  private DatasetTools() {}

  /**
   * Makes tar shards of folders of files. After an interruption the same call goes on; finished
   * shards are compared with the files.
   *
   * @param from root of the folders
   * @param to where the shards go; neither inside {@code from} nor around it
   * @param name what the dataset is called
   * @param sources names of folders; none means all there are
   * @param samplesPerShard at least 1; 1,000 to 10,000 serve well
   * @param progress told how many samples are done, after each
   * @return what was packed
   * @throws DatasetException if the folders do not hold the same samples or a name can't be a
   *     shard's key
   * @throws IOException if the disk can't be read or written
   */
  public static DatasetReport pack(
      Path from,
      Path to,
      String name,
      Collection<String> sources,
      int samplesPerShard,
      IntConsumer progress)
      throws IOException {
    DatasetPacker.pack(from, to, name, List.copyOf(sources), samplesPerShard, progress);
    return inspect(to);
  }

  /**
   * Writes the manifest of tar shards that come from elsewhere: {@code root/<source>/*.tar}, in the
   * order of their names, with entries {@code <key>.<extension>} in the same order in every source.
   *
   * @param root folder of the split
   * @param name what the dataset is called
   * @return what was found
   * @throws DatasetException if a tar file is damaged or the sources do not hold the same samples
   * @throws IOException if the disk can't be read or written
   */
  public static DatasetReport index(Path root, String name) throws IOException {
    DatasetPacker.index(root, name);
    return inspect(root);
  }

  /**
   * Counts what a dataset holds, without comparing its sources.
   *
   * @param root folder of the split
   * @return the counts
   * @throws DatasetException if there is no dataset, or a file is damaged
   * @throws IOException if the disk can't be read
   */
  public static DatasetReport inspect(Path root) throws IOException {
    return DatasetInspector.inspect(root);
  }

  /**
   * Looks for all that is wrong: missing files, names that diverge, tar files that are truncated or
   * are not what the manifest promises, orphans, malformed contracts.
   *
   * @param root folder of the split
   * @return the problems; empty if the dataset can be used
   * @throws IOException if the disk can't be read
   */
  public static List<DatasetProblem> verify(Path root) throws IOException {
    return DatasetVerifier.verify(root);
  }
}
