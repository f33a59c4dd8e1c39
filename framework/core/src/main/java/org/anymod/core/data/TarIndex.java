package org.anymod.core.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the samples of one shard of one source lie. Read from the headers alone. */
final class TarIndex {
  private final Path file;
  private final List<String> keys;
  private final String[] extensions;
  private final long[] offsets;
  private final int[] sizes;

  private TarIndex(Path file, List<String> keys, String[] extensions, long[] offsets, int[] sizes) {
    this.file = file;
    this.keys = keys;
    this.extensions = extensions;
    this.offsets = offsets;
    this.sizes = sizes;
  }

  static TarIndex read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DatasetException(file + " is missing");
    }
    List<TarWalk.Item> items = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    try (TarWalk walk = new TarWalk(file)) {
      for (TarWalk.Item item = walk.next(); item != null; item = walk.next()) {
        if (SampleName.isSkipped(item.path())) {
          continue;
        }
        if (keyLength(item.path()) == item.path().length()) {
          throw new DatasetException(file + ": entry '" + item.path() + "' has no extension");
        }
        if (!keys.add(key(item.path()))) {
          throw new DatasetException(
              file
                  + ": two entries of the sample '"
                  + key(item.path())
                  + "'; allowed: one file for each sample and source");
        }
        items.add(item);
      }
    }
    return of(file, items);
  }

  /** Makes the index of files of which each is another sample. */
  static TarIndex of(Path file, List<TarWalk.Item> items) {
    List<String> keys = new ArrayList<>(items.size());
    String[] extensions = new String[items.size()];
    long[] offsets = new long[items.size()];
    int[] sizes = new int[items.size()];
    Map<String, String> shared = new HashMap<>();
    for (int i = 0; i < sizes.length; i++) {
      TarWalk.Item item = items.get(i);
      keys.add(key(item.path()));
      extensions[i] = shared.computeIfAbsent(item.path().substring(keyLength(item.path())), e -> e);
      offsets[i] = item.offset();
      sizes[i] = item.size();
    }
    return new TarIndex(file, List.copyOf(keys), extensions, offsets, sizes);
  }

  /**
   * Returns the same index with another list of the same keys, so that all sources of a shard can
   * share one.
   */
  TarIndex withKeys(List<String> same) {
    return new TarIndex(file, same, extensions, offsets, sizes);
  }

  List<String> keys() {
    return keys;
  }

  String fileName(int index) {
    return keys.get(index) + extensions[index];
  }

  Entry read(int index) throws IOException {
    // Opened for each read: a channel shared by threads would be closed for all when one of them is
    // interrupted.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new Entry(fileName(index), TarWalk.read(channel, file, offsets[index], sizes[index]));
    }
  }

  /** Returns the name of the sample that an entry belongs to. */
  static String key(String path) {
    return path.substring(0, keyLength(path));
  }

  private static int keyLength(String path) {
    int dot = path.indexOf('.', path.lastIndexOf('/') + 1);
    return dot < 0 ? path.length() : dot;
  }
}
