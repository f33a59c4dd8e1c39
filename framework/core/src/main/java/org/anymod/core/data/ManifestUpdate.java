package org.anymod.core.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts finished sources into a dataset's manifest, one writer at a time, so that two that add at
 * once both get in.
 */
final class ManifestUpdate {
  private static final Object IN_THIS_PROCESS = new Object();

  private ManifestUpdate() {}

  static void write(Path root, String name, Map<String, List<DatasetManifest.Shard>> written)
      throws IOException {
    locked(root, () -> merge(root, name, written));
  }

  /** Work on the manifest that nobody else does at the same time. */
  private interface Work {
    void run() throws IOException;
  }

  private static void locked(Path root, Work work) throws IOException {
    Path lockFile = root.resolve("." + DatasetManifest.FILE + ".lock");
    // A file lock belongs to the whole process, threads of one must take turns by themselves.
    synchronized (IN_THIS_PROCESS) {
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid()) {
          work.run();
        }
      }
    }
  }

  /** Takes a source out of the manifest; with the last one the manifest goes. */
  static void remove(Path root, String source) throws IOException {
    locked(
        root,
        () -> {
          DatasetManifest old = DatasetManifest.read(root);
          Map<String, List<DatasetManifest.Shard>> rest = new LinkedHashMap<>(old.sources());
          rest.remove(source);
          if (rest.isEmpty()) {
            Files.delete(root.resolve(DatasetManifest.FILE));
          } else {
            new DatasetManifest(old.format(), old.version(), old.name(), old.samples(), rest)
                .write(root);
          }
        });
  }

  private static void merge(
      Path root, String name, Map<String, List<DatasetManifest.Shard>> written) throws IOException {
    Map<String, List<DatasetManifest.Shard>> sources = new LinkedHashMap<>();
    if (DatasetManifest.isAt(root)) {
      sources.putAll(DatasetManifest.read(root).sources());
    }
    sources.putAll(written);
    List<DatasetManifest.Shard> first = sources.values().iterator().next();
    for (Map.Entry<String, List<DatasetManifest.Shard>> source : sources.entrySet()) {
      checkSame(root, first, source.getKey(), source.getValue());
    }
    int samples = first.stream().mapToInt(DatasetManifest.Shard::samples).reduce(0, Math::addExact);
    new DatasetManifest(DatasetManifest.FORMAT, DatasetManifest.VERSION, name, samples, sources)
        .write(root);
  }

  private static void checkSame(
      Path root,
      List<DatasetManifest.Shard> first,
      String source,
      List<DatasetManifest.Shard> shards)
      throws DatasetException {
    int at = DatasetManifest.firstDifference(first, shards);
    if (at >= 0) {
      throw new DatasetException(
          root
              + ": shard "
              + at
              + " of "
              + source
              + " does not hold the samples that the other"
              + " sources have there");
    }
  }
}
