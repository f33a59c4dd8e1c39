package org.anymod.core.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One split of a dataset with random access: samples in a fixed order, each with a name and at most
 * one file for each source. A source is a folder of the dataset: raw files of a modality, its
 * tokens, crop settings. Safe for use by several threads.
 */
public interface Samples extends Closeable {

  /**
   * Returns the number of samples.
   *
   * @return how many, at least 0
   */
  int size();

  /**
   * Returns the name of a sample: its path inside each source, without extension.
   *
   * @param index from 0 to {@code size() - 1}
   * @return the name, the same for all sources
   * @throws java.io.UncheckedIOException if the index of a shard can't be read
   */
  String name(int index);

  /**
   * Returns the sources that can be read.
   *
   * @return names of folders, in the order in which they were asked for
   */
  List<String> sources();

  /**
   * Returns whether a sample has a file of a source.
   *
   * @param source one of {@link #sources()}
   * @param index from 0 to {@code size() - 1}
   * @return true if {@link #read} would find it
   */
  boolean has(String source, int index);

  /**
   * Reads the file of a sample.
   *
   * @param source one of {@link #sources()}
   * @param index from 0 to {@code size() - 1}
   * @return the whole file
   * @throws DatasetException if the sample has no such file, or the file is not what the dataset
   *     promised
   * @throws IOException if the file can't be read
   */
  Entry read(String source, int index) throws IOException;

  @Override
  void close() throws IOException;

  /**
   * Returns some of these samples in a given order. Closing either closes both.
   *
   * @param indices positions in these samples; may repeat
   * @return a view
   */
  default Samples subset(int... indices) {
    return new SampleSubset(this, indices.clone());
  }

  /**
   * Returns the first samples.
   *
   * @param count how many at most; all if there are fewer
   * @return a view; closing either closes both
   */
  default Samples take(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count is " + count + ", must be at least 0");
    }
    return subset(IntStream.range(0, Math.min(count, size())).toArray());
  }

  /**
   * Joins two datasets of the same samples by name, such as raw files and their tokens. The order
   * is that of the first.
   *
   * @param first gives the order
   * @param second has the same names in any order, and none of the first one's sources
   * @return a view with the sources of both; closing it closes both
   * @throws DatasetException if a source is in both or a name in only one; it names the first few
   */
  static Samples join(Samples first, Samples second) throws DatasetException {
    return JoinedSamples.of(first, second);
  }

  /**
   * Puts datasets one behind the other. A sample has the sources of its own dataset; closing the
   * view closes all.
   *
   * @param parts the datasets, at least one
   * @return a view with the sources of all
   */
  static Samples concatenate(List<Samples> parts) {
    return new ConcatenatedSamples(parts);
  }
}
