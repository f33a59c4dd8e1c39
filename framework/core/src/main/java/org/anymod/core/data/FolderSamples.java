package org.anymod.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Samples in folders of files, {@code root/<source>/<folders>/<name>.<extension>}, joined by path
 * without extension and sorted by it in the order of code points.
 */
final class FolderSamples implements Samples {
  private final Path root;
  private final List<String> names;
  private final Map<String, String[]> files;

  private FolderSamples(Path root, List<String> names, Map<String, String[]> files) {
    this.root = root;
    this.names = names;
    this.files = files;
  }

  static FolderSamples open(Path root, List<String> sources, boolean allowMissing)
      throws IOException {
    Map<String, Map<String, String>> found = new LinkedHashMap<>();
    TreeSet<String> all = new TreeSet<>(SampleName.ORDER);
    for (String source : sources) {
      Map<String, String> ofSource = FolderScan.scan(root, source).files();
      if (ofSource.isEmpty()) {
        throw new DatasetException(
            root.resolve(source)
                + " holds no samples; files without extension do not count, nor do those with one of "
                + FileExtension.NOT_SAMPLES);
      }
      found.put(source, ofSource);
      all.addAll(ofSource.keySet());
    }
    List<String> names = List.copyOf(all);
    if (!allowMissing) {
      checkComplete(root, names, found);
    }
    Map<String, String[]> files = new LinkedHashMap<>();
    found.forEach(
        (source, byName) ->
            files.put(source, names.stream().map(byName::get).toArray(String[]::new)));
    return new FolderSamples(root, names, files);
  }

  private static void checkComplete(
      Path root, List<String> names, Map<String, Map<String, String>> found)
      throws DatasetException {
    List<String> problems = new ArrayList<>();
    found.forEach(
        (source, byName) -> {
          List<String> missing = NameMatch.missing(names, byName.keySet());
          if (!missing.isEmpty()) {
            problems.add(
                source
                    + " has "
                    + byName.size()
                    + " of "
                    + names.size()
                    + " samples, missing: "
                    + NameMatch.firstFew(missing));
          }
        });
    if (!problems.isEmpty()) {
      throw new DatasetException(
          "the sources in "
              + root
              + " do not hold the same samples: "
              + String.join("; ", problems));
    }
  }

  @Override
  public int size() {
    return names.size();
  }

  @Override
  public String name(int index) {
    return names.get(index);
  }

  @Override
  public List<String> sources() {
    return List.copyOf(files.keySet());
  }

  @Override
  public boolean has(String source, int index) {
    return files(source)[index] != null;
  }

  @Override
  public Entry read(String source, int index) throws IOException {
    String extension = files(source)[index];
    if (extension == null) {
      throw new DatasetException(
          root.resolve(source) + " has no file of the sample '" + names.get(index) + "'");
    }
    String fileName = names.get(index) + extension;
    Path file = root.resolve(source).resolve(fileName);
    if (Files.size(file) > TarWalk.MAX_ENTRY) {
      throw new DatasetException(
          file + " has " + Files.size(file) + " bytes, allowed: at most " + TarWalk.MAX_ENTRY);
    }
    return new Entry(fileName, Files.readAllBytes(file));
  }

  @Override
  public void close() {
    // Files are open only while they are read.
  }

  private String[] files(String source) {
    String[] ofSource = files.get(source);
    if (ofSource == null) {
      throw new IllegalArgumentException("no source '" + source + "', there are " + sources());
    }
    return ofSource;
  }
}
