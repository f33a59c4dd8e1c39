package org.anymod.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the samples of one tar file lie that holds several sources, with entries named {@code
 * <sample>.<source>.<extension>}. The files of a sample are beside each other.
 */
final class JointIndex {
  private final Path file;
  private final List<String> wanted;
  private final Map<String, List<TarWalk.Item>> items = new LinkedHashMap<>();
  private final Map<String, TarWalk.Item> sample = new LinkedHashMap<>();
  private final Set<String> finished = new HashSet<>();
  private String key;

  private JointIndex(Path file, List<String> wanted) {
    this.file = file;
    this.wanted = wanted;
    wanted.forEach(source -> items.put(source, new ArrayList<>()));
  }

  /** Reads the headers; files of other sources are passed over. */
  static Map<String, TarIndex> read(Path file, List<String> sources) throws IOException {
    JointIndex index = new JointIndex(file, sources);
    try (TarWalk walk = open(file)) {
      for (TarWalk.Item item = walk.next(); item != null; item = walk.next()) {
        if (!SampleName.isSkipped(item.path())) {
          index.add(item);
        }
      }
    }
    return index.finish();
  }

  /** Returns the sources of the first sample; none if there is no sample. */
  static List<String> sources(Path file) throws IOException {
    List<String> sources = new ArrayList<>();
    String first = null;
    try (TarWalk walk = open(file)) {
      for (TarWalk.Item item = walk.next(); item != null; item = walk.next()) {
        if (SampleName.isSkipped(item.path())) {
          continue;
        }
        String key = TarIndex.key(item.path());
        if (first != null && !first.equals(key)) {
          break;
        }
        first = key;
        sources.add(source(file, item));
      }
    }
    return sources;
  }

  private static TarWalk open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DatasetException(file + " is missing");
    }
    return new TarWalk(file);
  }

  private static String source(Path file, TarWalk.Item item) throws DatasetException {
    String rest = item.path().substring(TarIndex.key(item.path()).length());
    int dot = rest.indexOf('.', 1);
    if (dot < 2 || dot == rest.length() - 1) {
      throw new DatasetException(
          file
              + ": entry '"
              + item.path()
              + "' does not say of which source it is; a tar file beside no folder of its source"
              + " needs names like <sample>.<source>.<extension>");
    }
    return rest.substring(1, dot);
  }

  private void add(TarWalk.Item item) throws DatasetException {
    String next = TarIndex.key(item.path());
    if (!next.equals(key)) {
      endSample();
      key = next;
      if (finished.contains(key)) {
        throw new DatasetException(
            file
                + ": entry '"
                + item.path()
                + "' comes after other samples; the files of a sample must be beside each other");
      }
    }
    String source = source(file, item);
    if (wanted.contains(source) && sample.put(source, item) != null) {
      throw new DatasetException(
          file + ": sample '" + key + "' has two files of the source '" + source + "'");
    }
  }

  private void endSample() throws DatasetException {
    if (key == null) {
      return;
    }
    for (String source : wanted) {
      TarWalk.Item item = sample.get(source);
      if (item == null) {
        throw new DatasetException(
            file
                + ": sample '"
                + key
                + "' has no file of the source '"
                + source
                + "' ("
                + key
                + "."
                + source
                + ".<extension>); it has "
                + sample.keySet());
      }
      items.get(source).add(item);
    }
    finished.add(key);
    sample.clear();
  }

  private Map<String, TarIndex> finish() throws DatasetException {
    endSample();
    if (finished.isEmpty()) {
      throw new DatasetException(file + " holds no samples");
    }
    Map<String, TarIndex> indices = new LinkedHashMap<>();
    List<String> keys = null;
    for (String source : wanted) {
      TarIndex index = TarIndex.of(file, items.get(source));
      keys = keys == null ? index.keys() : keys;
      indices.put(source, index.withKeys(keys));
    }
    return indices;
  }
}
