package org.anymod.toyworld;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.anymod.core.data.Entry;
import org.anymod.core.data.ShardWriter;

/**
 * Writes tar shards, {@code root/<source>/shard-00000.tar}, and a manifest at the end. After an
 * interruption the same scenes are added again: shards that are there are compared, not written.
 */
public final class ShardSink implements SceneSink {
  private static final String DATASET = "toyworld";

  private final ShardWriter writer;

  /**
   * Starts a dataset, or goes on with one that was not finished.
   *
   * @param root folder of the dataset; created if missing
   * @param samplesPerShard scenes in each shard but the last, at least 1
   * @throws IOException if the folder already holds a finished dataset or cannot be created
   */
  public ShardSink(Path root, int samplesPerShard) throws IOException {
    this(root, SceneEncoder.SOURCES, samplesPerShard);
  }

  /**
   * Starts a dataset of chosen sources, or goes on with one that was not finished.
   *
   * @param root folder of the dataset; created if missing
   * @param sources names of the folders in it
   * @param samplesPerShard scenes in each shard but the last, at least 1
   * @throws IOException if the folder already holds a finished dataset or cannot be created
   */
  public ShardSink(Path root, List<String> sources, int samplesPerShard) throws IOException {
    writer = new ShardWriter(root, DATASET, sources, samplesPerShard);
  }

  @Override
  public void add(String name, List<SceneFile> files) throws IOException {
    writer.add(name, files.stream().collect(Collectors.toMap(SceneFile::source, ShardSink::entry)));
  }

  private static Entry entry(SceneFile file) {
    return new Entry(file.fileName(), file.bytes());
  }

  @Override
  public void finish() throws IOException {
    writer.finish();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
