package org.anymod.core.tokenize;

import java.util.ArrayList;
import java.util.List;
import org.anymod.core.data.ShardWriter;
import org.anymod.torch.parallel.Communicator;

/**
 * Samples that are prepared and encoded together; a shard is made of whole groups.
 *
 * @param shard number of the shard
 * @param from first sample
 * @param to sample after the last
 * @param first whether the shard begins with it
 */
record ShardGroup(int shard, int from, int to, boolean first) {

  /**
   * Returns the groups of the shards that a rank is to write and that are not there yet.
   *
   * @param writer knows what is there
   * @param samples samples in all shards
   * @param most largest number of samples in a group
   * @param ranks round which the shards go
   */
  static List<ShardGroup> missing(ShardWriter writer, int samples, int most, Communicator ranks) {
    List<ShardGroup> groups = new ArrayList<>();
    for (int shard = 0; writer.firstSample(shard) < samples; shard++) {
      boolean own = shard % ranks.size() == ranks.rank();
      if (own && !writer.isShardDone(shard)) {
        int start = (int) writer.firstSample(shard);
        int end = (int) Math.min(samples, writer.firstSample(shard + 1));
        for (int from = start; from < end; from += most) {
          groups.add(new ShardGroup(shard, from, Math.min(end, from + most), from == start));
        }
      }
    }
    return groups;
  }
}
