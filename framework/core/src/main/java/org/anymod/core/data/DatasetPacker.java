package org.anymod.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** Makes shards of folders, and manifests for shards that have none. */
final class DatasetPacker {
  private DatasetPacker() {}

  static void pack(
      Path from,
      Path to,
      String name,
      List<String> sources,
      int samplesPerShard,
      IntConsumer progress)
      throws IOException {
    if (DatasetManifest.isAt(from)) {
      throw new DatasetException(from + " is packed already, it has a " + DatasetManifest.FILE);
    }
    if (isWithin(to, from) || isWithin(from, to)) {
      throw new DatasetException(
          "can't pack " + from + " into " + to + ": neither may hold the other");
    }
    try (Samples samples = Datasets.open(from, sources);
        ShardWriter writer = new ShardWriter(to, name, samples.sources(), samplesPerShard)) {
      for (int i = 0; i < samples.size(); i++) {
        checkName(from, samples.name(i));
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (String source : samples.sources()) {
          entries.put(source, samples.read(source, i));
        }
        writer.add(samples.name(i), entries);
        progress.accept(i + 1);
      }
      for (String source : samples.sources()) {
        if (TokenContract.isAt(from.resolve(source))) {
          TokenContract.read(from.resolve(source)).write(to.resolve(source));
        }
      }
      writer.finish();
    }
  }

  static void index(Path root, String name) throws IOException {
    if (DatasetManifest.isAt(root)) {
      throw new DatasetException(root + " has a " + DatasetManifest.FILE + " already");
    }
    Map<String, List<DatasetManifest.Shard>> sources = new LinkedHashMap<>();
    for (String source : Datasets.folders(root)) {
      List<Path> tars = tars(root.resolve(source));
      if (!tars.isEmpty()) {
        List<DatasetManifest.Shard> shards = new ArrayList<>();
        for (Path tar : tars) {
          shards.add(DatasetManifest.describe(tar));
        }
        sources.put(source, shards);
      }
    }
    if (sources.isEmpty()) {
      throw new DatasetException("no tar files in the folders of " + root);
    }
    ManifestUpdate.write(root, name, sources);
  }

  private static List<Path> tars(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(child -> child.toString().endsWith(".tar")).sorted().toList();
    }
  }

  private static void checkName(Path from, String name) throws DatasetException {
    try {
      SampleName.check(name);
    } catch (IllegalArgumentException e) {
      throw new DatasetException(from + ": " + e.getMessage() + "; rename the files", e);
    }
  }

  private static boolean isWithin(Path inner, Path outer) {
    return inner.toAbsolutePath().normalize().startsWith(outer.toAbsolutePath().normalize());
  }
}
