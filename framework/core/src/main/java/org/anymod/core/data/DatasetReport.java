package org.anymod.core.data;

import java.util.List;
import java.util.SortedMap;

/**
 * What a dataset holds.
 *
 * @param layout how it is stored
 * @param name what it is called; for folders the name of the root
 * @param samples number of samples that at least one source has
 * @param sources what each source holds, sorted by name
 */
public record DatasetReport(Layout layout, String name, int samples, List<Source> sources) {

  /** How a dataset is stored. */
  public enum Layout {
    /** A folder of files for each source. */
    FOLDERS,
    /** Tar shards with a manifest. */
    SHARDS
  }

  /**
   * What one source holds.
   *
   * @param name of its folder
   * @param samples number of samples
   * @param shards number of tar files; 0 for folders
   * @param bytes size of all files
   * @param extensions how many files have each extension, sorted; files that are no samples are
   *     counted, too
   * @param hasContract whether a {@link TokenContract} lies in its folder
   */
  public record Source(
      String name,
      int samples,
      int shards,
      long bytes,
      SortedMap<String, Integer> extensions,
      boolean hasContract) {}
}
