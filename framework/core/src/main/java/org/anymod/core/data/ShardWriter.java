package org.anymod.core.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes a dataset as tar shards, {@code root/<source>/shard-00000.tar}, one file for each source.
 * A shard appears when it is whole, the manifest when {@link #finish} succeeds. The same samples
 * always give the same bytes.
 *
 * <p>After an interruption the same samples are added again from the start: shards that are there
 * are compared instead of written. A caller that can tell without making the samples passes over
 * them with {@link #isShardDone} and {@link #startShard}; several processes can so share the work.
 * For one thread.
 */
public final class ShardWriter implements Closeable {
  private final Path root;
  private final String datasetName;
  private final List<String> sources;
  private final ShardPlan plan;
  private final BitSet toldDone = new BitSet();
  private OpenShard open;
  private List<String> expectedNames;
  private int shard;
  private int position;
  private boolean unusable;

  private ShardWriter(Path root, String datasetName, List<String> sources, ShardPlan plan) {
    if (sources.isEmpty() || Set.copyOf(sources).size() != sources.size()) {
      throw new IllegalArgumentException(
          "sources are " + sources + ", must be at least one and all different");
    }
    sources.forEach(SampleName::checkSource);
    this.root = root;
    this.datasetName = datasetName;
    this.sources = List.copyOf(sources);
    this.plan = plan;
  }

  /**
   * Starts a dataset, or goes on with one that was not finished.
   *
   * @param root folder of the split; made if it is not there
   * @param datasetName what the dataset is called
   * @param sources names of folders, all different
   * @param samplesPerShard at least 1
   * @throws DatasetException if the folder already holds a finished dataset
   * @throws IOException if the folder can't be made
   */
  public ShardWriter(Path root, String datasetName, List<String> sources, int samplesPerShard)
      throws IOException {
    this(root, datasetName, sources, new ShardPlan.Even(samplesPerShard));
    if (DatasetManifest.isAt(root)) {
      throw new DatasetException(
          root
              + " already holds the finished dataset '"
              + DatasetManifest.read(root).name()
              + "'; delete it, write to another folder, or add new sources to it");
    }
    Files.createDirectories(root);
  }

  /**
   * Adds sources to a finished dataset: same names, same order, same split into shards.
   *
   * @param root folder of the split
   * @param newSources names of folders that the dataset does not have yet
   * @return a writer whose {@link #add} takes the new sources only
   * @throws DatasetException if there is no finished dataset or it has one of the sources
   * @throws IOException if the dataset can't be read
   */
  public static ShardWriter adding(Path root, List<String> newSources) throws IOException {
    if (!DatasetManifest.isAt(root)) {
      throw new DatasetException(
          "no "
              + DatasetManifest.FILE
              + " in "
              + root
              + ": sources are added to finished shards; pack"
              + " the folders first");
    }
    DatasetManifest manifest = DatasetManifest.read(root);
    for (String source : newSources) {
      if (manifest.sources().containsKey(source)) {
        throw new DatasetException(
            root + " already has the source '" + source + "'; remove it first to write it again");
      }
    }
    Map.Entry<String, List<DatasetManifest.Shard>> like =
        manifest.sources().entrySet().iterator().next();
    ShardPlan plan = new ShardPlan.Like(root.resolve(like.getKey()), like.getValue());
    return new ShardWriter(root, manifest.name(), newSources, plan);
  }

  /**
   * Returns whether all files of a shard are there, from this run or an earlier one. A caller that
   * is told so may leave the shard out: {@link #finish} then counts it in.
   *
   * @param index number of the shard, from 0
   * @return true if its samples need not be made again
   */
  public boolean isShardDone(int index) {
    boolean done = isThere(index);
    toldDone.set(index, done);
    return done;
  }

  private boolean isThere(int index) {
    return plan.capacity(index) > 0
        && sources.stream().allMatch(source -> Files.isRegularFile(tar(source, index)));
  }

  /**
   * Returns the shard that the next sample goes to.
   *
   * @return its number, from 0
   */
  public int shard() {
    return shard;
  }

  /**
   * Returns the place in the dataset of a shard's first sample.
   *
   * @param index number of the shard, from 0
   * @return number of samples in the shards before it
   */
  public long firstSample(int index) {
    long first = 0;
    for (int i = 0; i < index; i++) {
      first += plan.capacity(i);
    }
    return first;
  }

  /**
   * Moves to the start of a shard; the next sample added is its first.
   *
   * @param index number of the shard, from 0
   * @throws IllegalStateException if the current shard has been begun and not filled
   */
  public void startShard(int index) {
    if (position > 0) {
      throw new IllegalStateException(
          "shard "
              + shard
              + " is begun, it has "
              + position
              + " of "
              + plan.capacity(shard)
              + " samples");
    }
    if (index < 0) {
      throw new IllegalArgumentException("shard is " + index + ", must be at least 0");
    }
    shard = index;
  }

  /**
   * Adds the next sample.
   *
   * @param name path without extension, no dot in its last part; unique in the dataset
   * @param entries a file for each source; of its name only the extension is used
   * @throws DatasetException if a source is missing or unknown, or the sample is not the one that
   *     the dataset has here
   * @throws IOException if the disk can't be written; the writer is of no use then but to be closed
   */
  public void add(String name, Map<String, Entry> entries) throws IOException {
    SampleName.check(name);
    if (unusable) {
      throw new IllegalStateException("an earlier sample could not be written; start again");
    }
    if (!entries.keySet().equals(Set.copyOf(sources))) {
      throw new DatasetException(
          "sample '"
              + name
              + "' has files of "
              + new TreeSet<>(entries.keySet())
              + ", a sample of this dataset must have files of "
              + sources);
    }
    if (position == 0) {
      begin(name);
    }
    if (expectedNames != null && !expectedNames.get(position).equals(name)) {
      throw new DatasetException(
          "sample "
              + position
              + " of shard "
              + shard
              + " is '"
              + name
              + "', the dataset has '"
              + expectedNames.get(position)
              + "' there; add the samples in the dataset's order");
    }
    unusable = true;
    open.add(position, name, entries);
    position++;
    if (position == plan.capacity(shard)) {
      end();
    }
    unusable = false;
  }

  private void begin(String name) throws IOException {
    if (plan.capacity(shard) == 0) {
      throw new DatasetException(
          "the dataset ends after "
              + firstSample(shard)
              + " samples, '"
              + name
              + "' is one too many");
    }
    if (open != null) {
      open.close();
      open = null;
    }
    expectedNames = plan.names(shard).orElse(null);
    open =
        isThere(shard)
            ? new OpenShard.Done(root, sources, plan.file(shard))
            : new OpenShard.Fresh(root, sources, plan.file(shard));
  }

  private void end() throws IOException {
    open.finish(position);
    open = null;
    shard++;
    position = 0;
  }

  /**
   * Ends the dataset where the writer stands, or after the shards behind it of which {@link
   * #isShardDone} said that they are done: ends the last shard and writes the manifest.
   *
   * @throws DatasetException if a shard is missing, has too few samples, or lies beyond the end
   * @throws IOException if the disk can't be written
   */
  public void finish() throws IOException {
    endShard();
    shard = toldDone.nextClearBit(shard);
    Map<String, List<DatasetManifest.Shard>> written = new LinkedHashMap<>();
    for (String source : sources) {
      written.put(source, ShardCensus.take(root.resolve(source), plan, shard));
    }
    ManifestUpdate.write(root, datasetName, written);
  }

  /**
   * Ends the shard where the writer stands, if one is begun; it is the last of the dataset then.
   * Another writer finishes the dataset.
   *
   * @throws DatasetException if the shard has too few samples
   * @throws IOException if the disk can't be written
   */
  public void endShard() throws IOException {
    if (unusable) {
      throw new IllegalStateException("an earlier sample could not be written; start again");
    }
    if (position > 0 && !plan.mayEndEarly()) {
      throw new DatasetException(
          "shard "
              + shard
              + " has "
              + position
              + " samples, the dataset has "
              + plan.capacity(shard)
              + " there");
    }
    if (position > 0) {
      end();
    }
  }

  /** Drops the shard that was begun; those that are whole stay. */
  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
    unusable = true;
  }

  private Path tar(String source, int index) {
    return root.resolve(source).resolve(plan.file(index));
  }
}
