package org.anymod.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which samples of a dataset are left out because they cannot be read: a JSON file in a run's
 * folder. Deleting it makes the next command look again.
 *
 * @param version of this file's form
 * @param root folder of the dataset
 * @param sources what was read of each sample
 * @param samples number of samples, those left out among them
 * @param skipped what is wrong, by index of the sample
 */
public record SkipList(
    int version, String root, List<String> sources, int samples, Map<Integer, String> skipped) {
  /** The version that is written and read. */
  public static final int VERSION = 1;

  private static final long MAX_BYTES = 256L << 20;

  /** Checks ranges. */
  public SkipList {
    if (version != VERSION || samples < 0) {
      throw new IllegalArgumentException(
          "version is " + version + " and samples " + samples + ", must be 1 and at least 0");
    }
    sources = List.copyOf(sources);
    skipped = new TreeMap<>(skipped);
    for (int index : skipped.keySet()) {
      if (index < 0 || index >= samples) {
        throw new IllegalArgumentException(
            "skipped has the sample " + index + ", there are " + samples);
      }
    }
  }

  /**
   * Reads a list.
   *
   * @param file the file
   * @return the list
   * @throws DatasetException if it is malformed
   * @throws IOException if it can't be read
   */
  public static SkipList read(Path file) throws IOException {
    return StrictJson.read(file, SkipList.class, MAX_BYTES);
  }

  /**
   * Writes the list; its folder is made if it is not there.
   *
   * @param file the file
   * @throws IOException if it can't be written
   */
  public void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    StrictJson.write(file, this);
  }

  /**
   * Returns whether the list is of a dataset.
   *
   * @param otherRoot folder of the dataset
   * @param wanted what must be readable
   * @param size number of its samples
   * @return true if all agree
   */
  public boolean fits(String otherRoot, List<String> wanted, int size) {
    return root.equals(otherRoot) && sources.equals(wanted) && samples == size;
  }
}
