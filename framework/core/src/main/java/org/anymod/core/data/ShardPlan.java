package org.anymod.core.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How samples are split into shards. */
sealed interface ShardPlan {

  /** Returns how many samples a shard takes; 0 if there is no such shard. */
  int capacity(int shard);

  /** Returns the name of the tar file of a shard. */
  String file(int shard);

  /** Returns the names that a shard must hold, if they are given. */
  Optional<List<String>> names(int shard) throws IOException;

  /** Returns whether a shard may hold fewer samples because it is the last. */
  boolean mayEndEarly();

  /** Shards of equal size with any names; the last may be smaller. */
  record Even(int samplesPerShard) implements ShardPlan {
    @Override
    public int capacity(int shard) {
      return samplesPerShard;
    }

    @Override
    public String file(int shard) {
      return ShardFile.name(shard);
    }

    @Override
    public Optional<List<String>> names(int shard) {
      return Optional.empty();
    }

    @Override
    public boolean mayEndEarly() {
      return true;
    }
  }

  /** The shards of a source that is there already. */
  record Like(Path folder, List<DatasetManifest.Shard> shards) implements ShardPlan {
    @Override
    public int capacity(int shard) {
      return shard < shards.size() ? shards.get(shard).samples() : 0;
    }

    @Override
    public String file(int shard) {
      return shards.get(shard).file();
    }

    @Override
    public Optional<List<String>> names(int shard) throws IOException {
      return Optional.of(TarIndex.read(folder.resolve(shards.get(shard).file())).keys());
    }

    @Override
    public boolean mayEndEarly() {
      return false;
    }
  }
}
