package org.anymod.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads back what was written for one source and checks it against the plan, before it is promised
 * in a manifest.
 */
final class ShardCensus {
  private ShardCensus() {}

  static List<DatasetManifest.Shard> take(Path folder, ShardPlan plan, int shards)
      throws IOException {
    if (shards == 0) {
      throw new DatasetException(folder + ": no sample was added; a dataset has at least one");
    }
    if (!plan.mayEndEarly() && plan.capacity(shards) > 0) {
      throw new DatasetException(
          folder + " has " + shards + " shards, the dataset has more; add the remaining samples");
    }
    List<DatasetManifest.Shard> found = new ArrayList<>();
    List<String> files = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      DatasetManifest.Shard shard = DatasetManifest.describe(folder.resolve(plan.file(i)));
      boolean mayBeSmall = plan.mayEndEarly() && i == shards - 1;
      int capacity = plan.capacity(i);
      if (shard.samples() > capacity || (shard.samples() < capacity && !mayBeSmall)) {
        throw new DatasetException(
            folder.resolve(shard.file())
                + " has "
                + shard.samples()
                + " samples, must have "
                + capacity);
      }
      found.add(shard);
      files.add(shard.file());
    }
    refuseOthers(folder, files);
    return found;
  }

  private static void refuseOthers(Path folder, List<String> files) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      List<String> others =
          children
              .map(child -> child.getFileName().toString())
              .filter(name -> name.endsWith(".tar") && !files.contains(name))
              .sorted(SampleName.ORDER)
              .toList();
      if (!others.isEmpty()) {
        throw new DatasetException(
            folder
                + " holds shards beyond the end of the dataset: "
                + NameMatch.firstFew(others)
                + "; they are from another run, delete them");
      }
    }
  }
}
