package org.anymod.core.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a sharded dataset holds: the file {@code manifest.json} at its root. Written last, so that a
 * dataset with a manifest is complete.
 *
 * @param format always {@value #FORMAT}
 * @param version of this file's form
 * @param name what the dataset is called
 * @param samples number of samples
 * @param sources the shards of each source in order
 */
record DatasetManifest(
    String format, int version, String name, int samples, Map<String, List<Shard>> sources) {
  static final String FILE = "manifest.json";
  static final String FORMAT = "anymod-dataset";
  static final int VERSION = 1;
  private static final long MAX_BYTES = 256L << 20;
  private static final Pattern SHARD_FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*\\.tar");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * One tar file.
   *
   * @param file name inside the folder of its source
   * @param samples number of samples
   * @param bytes size of the file
   * @param names SHA-256 of the names of the samples in order; equal for all sources of a shard
   */
  record Shard(String file, int samples, long bytes, String names) {
    Shard {
      require(SHARD_FILE.matcher(file).matches(), "file '" + file + "' is no name of a shard");
      require(samples > 0, "a shard's samples is " + samples + ", must be at least 1");
      require(bytes > 0, "a shard's bytes is " + bytes + ", must be at least 1");
      require(SHA_256.matcher(names).matches(), "names '" + names + "' is no SHA-256 in hex");
    }

    boolean sameSamples(Shard other) {
      return samples == other.samples && names.equals(other.names);
    }
  }

  DatasetManifest {
    require(format.equals(FORMAT), "format is '" + format + "', allowed: " + FORMAT);
    require(version == VERSION, "version is " + version + ", allowed: " + VERSION);
    require(!sources.isEmpty(), "sources is empty");
    SortedMap<String, List<Shard>> sorted = new TreeMap<>(SampleName.ORDER);
    for (Map.Entry<String, List<Shard>> source : sources.entrySet()) {
      SampleName.checkSource(source.getKey());
      long total = source.getValue().stream().mapToLong(Shard::samples).sum();
      require(
          total == samples,
          "the shards of source "
              + source.getKey()
              + " hold "
              + total
              + " samples, the dataset "
              + samples);
      sorted.put(source.getKey(), List.copyOf(source.getValue()));
    }
    sources = sorted;
  }

  static boolean isAt(Path root) {
    return Files.exists(root.resolve(FILE));
  }

  static DatasetManifest read(Path root) throws IOException {
    return StrictJson.read(root.resolve(FILE), DatasetManifest.class, MAX_BYTES);
  }

  void write(Path root) throws IOException {
    StrictJson.write(root.resolve(FILE), this);
  }

  /** Returns the shards of a source, or fails with the names of those that there are. */
  List<Shard> shards(Path root, String source) throws DatasetException {
    List<Shard> shards = sources.get(source);
    if (shards == null) {
      boolean folder = Files.isDirectory(root.resolve(source));
      throw new DatasetException(
          root.resolve(FILE)
              + " has no source '"
              + source
              + "'"
              + (folder ? " (a folder of that name exists but was never finished)" : "")
              + "; it has "
              + sources.keySet());
    }
    return shards;
  }

  /**
   * Returns the first shard that does not hold the same samples in both lists; -1 if there is none.
   */
  static int firstDifference(List<Shard> first, List<Shard> second) {
    int shared = Math.min(first.size(), second.size());
    for (int i = 0; i < shared; i++) {
      if (!first.get(i).sameSamples(second.get(i))) {
        return i;
      }
    }
    return first.size() == second.size() ? -1 : shared;
  }

  /** Describes a tar file as it is on disk. */
  static Shard describe(Path tar) throws IOException {
    TarIndex index = TarIndex.read(tar);
    if (index.keys().isEmpty()) {
      throw new DatasetException(tar + " holds no samples");
    }
    return new Shard(
        tar.getFileName().toString(), index.keys().size(), Files.size(tar), digest(index.keys()));
  }

  /** Returns the SHA-256 in hex of the names, each followed by a line feed. */
  static String digest(List<String> names) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String name : names) {
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
