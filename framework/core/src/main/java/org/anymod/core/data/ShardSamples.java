package org.anymod.core.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Samples in tar shards, {@code root/<source>/shard-00000.tar}, as {@code manifest.json} lists
 * them. Opening compares the manifest's digests of names and the sizes of files; the headers of a
 * shard are read once, when it is first needed, and compared with the manifest then.
 */
final class ShardSamples implements Samples {
  private final Path root;
  private final Map<String, SourceShards> sources;
  private final String firstSource;
  private final int[] starts;

  private record SourceShards(
      List<DatasetManifest.Shard> shards, AtomicReferenceArray<TarIndex> indices) {}

  private ShardSamples(Path root, Map<String, SourceShards> sources) {
    this.root = root;
    this.sources = sources;
    this.firstSource = sources.keySet().iterator().next();
    List<DatasetManifest.Shard> shards = sources.get(firstSource).shards();
    this.starts = new int[shards.size() + 1];
    for (int i = 0; i < shards.size(); i++) {
      starts[i + 1] = starts[i] + shards.get(i).samples();
    }
  }

  static ShardSamples open(Path root, List<String> wanted) throws IOException {
    DatasetManifest manifest = DatasetManifest.read(root);
    List<String> names = wanted.isEmpty() ? List.copyOf(manifest.sources().keySet()) : wanted;
    Map<String, List<DatasetManifest.Shard>> shards = new LinkedHashMap<>();
    for (String source : names) {
      shards.put(source, manifest.shards(root, source));
    }
    return of(root, shards);
  }

  /** Opens the given tar files; without a manifest their headers are read first. */
  static ShardSamples open(Path root, List<String> wanted, List<String> files) throws IOException {
    Map<String, List<DatasetManifest.Shard>> shards = new LinkedHashMap<>();
    if (DatasetManifest.isAt(root)) {
      DatasetManifest manifest = DatasetManifest.read(root);
      for (String source : wanted) {
        shards.put(source, chosen(root, source, manifest.shards(root, source), files));
      }
      return of(root, shards);
    }
    for (String source : wanted) {
      List<DatasetManifest.Shard> described = new ArrayList<>();
      for (String file : files) {
        Path tar = root.resolve(source).resolve(file);
        if (!Files.isRegularFile(tar)) {
          throw new DatasetException(tar + " is missing");
        }
        SafePath.check(root.toRealPath(), tar);
        described.add(DatasetManifest.describe(tar));
      }
      shards.put(source, described);
    }
    return of(root, shards);
  }

  private static List<DatasetManifest.Shard> chosen(
      Path root, String source, List<DatasetManifest.Shard> shards, List<String> files)
      throws DatasetException {
    Map<String, DatasetManifest.Shard> byFile = new HashMap<>();
    shards.forEach(shard -> byFile.put(shard.file(), shard));
    List<String> missing = NameMatch.missing(files, byFile.keySet());
    if (!missing.isEmpty()) {
      throw new DatasetException(
          root.resolve(DatasetManifest.FILE)
              + " does not list "
              + NameMatch.firstFew(missing)
              + " of "
              + source);
    }
    return files.stream().map(byFile::get).toList();
  }

  private static ShardSamples of(Path root, Map<String, List<DatasetManifest.Shard>> shards)
      throws IOException {
    Map<String, SourceShards> sources = new LinkedHashMap<>();
    for (Map.Entry<String, List<DatasetManifest.Shard>> entry : shards.entrySet()) {
      checkFiles(root, entry.getKey(), entry.getValue());
      sources.put(
          entry.getKey(),
          new SourceShards(entry.getValue(), new AtomicReferenceArray<>(entry.getValue().size())));
    }
    checkSameSamples(root, shards);
    return new ShardSamples(root, sources);
  }

  private static void checkFiles(Path root, String source, List<DatasetManifest.Shard> shards)
      throws IOException {
    Path realRoot = root.toRealPath();
    for (DatasetManifest.Shard shard : shards) {
      Path tar = root.resolve(source).resolve(shard.file());
      if (!Files.isRegularFile(tar)) {
        throw new DatasetException(
            tar
                + " is missing; "
                + DatasetManifest.FILE
                + " lists "
                + shards.size()
                + " shards of "
                + source);
      }
      SafePath.check(realRoot, tar);
      if (Files.size(tar) != shard.bytes()) {
        throw new DatasetException(
            tar
                + " has "
                + Files.size(tar)
                + " bytes, "
                + DatasetManifest.FILE
                + " promises "
                + shard.bytes()
                + "; it is truncated or was replaced, write it again");
      }
    }
  }

  private static void checkSameSamples(Path root, Map<String, List<DatasetManifest.Shard>> shards)
      throws DatasetException {
    String firstSource = shards.keySet().iterator().next();
    for (Map.Entry<String, List<DatasetManifest.Shard>> entry : shards.entrySet()) {
      int at = DatasetManifest.firstDifference(shards.get(firstSource), entry.getValue());
      if (at >= 0) {
        throw new DatasetException(
            root
                + ": shard "
                + at
                + " of the sources "
                + firstSource
                + " and "
                + entry.getKey()
                + " does not hold the same samples in the same order; write "
                + entry.getKey()
                + " again");
      }
    }
  }

  @Override
  public int size() {
    return starts[starts.length - 1];
  }

  @Override
  public String name(int index) {
    int shard = shardOf(index);
    try {
      return index(firstSource, shard).keys().get(index - starts[shard]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> sources() {
    return List.copyOf(sources.keySet());
  }

  @Override
  public boolean has(String source, int index) {
    source(source);
    Objects.checkIndex(index, size());
    return true;
  }

  @Override
  public Entry read(String source, int index) throws IOException {
    int shard = shardOf(index);
    return index(source, shard).read(index - starts[shard]);
  }

  @Override
  public void close() {
    // Files are open only while they are read.
  }

  private int shardOf(int index) {
    Objects.checkIndex(index, size());
    int found = Arrays.binarySearch(starts, index);
    return found >= 0 ? found : -found - 2;
  }

  private SourceShards source(String source) {
    SourceShards shards = sources.get(source);
    if (shards == null) {
      throw new IllegalArgumentException("no source '" + source + "', there are " + sources());
    }
    return shards;
  }

  /** Two threads may both read the same headers; they find the same. */
  private TarIndex index(String source, int shard) throws IOException {
    SourceShards shards = source(source);
    TarIndex known = shards.indices().get(shard);
    if (known != null) {
      return known;
    }
    DatasetManifest.Shard promised = shards.shards().get(shard);
    Path tar = root.resolve(source).resolve(promised.file());
    TarIndex index = TarIndex.read(tar);
    if (!DatasetManifest.digest(index.keys()).equals(promised.names())) {
      throw new DatasetException(
          tar
              + " holds "
              + index.keys().size()
              + " samples that are not the "
              + promised.samples()
              + " that "
              + DatasetManifest.FILE
              + " promises; it was replaced, write it again");
    }
    if (!source.equals(firstSource)) {
      index = index.withKeys(index(firstSource, shard).keys());
    }
    shards.indices().set(shard, index);
    return index;
  }
}
