package org.anymod.core.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what a dataset holds. */
final class DatasetInspector {
  private DatasetInspector() {}

  static DatasetReport inspect(Path root) throws IOException {
    return DatasetManifest.isAt(root) ? shards(root) : folders(root);
  }

  private static DatasetReport shards(Path root) throws IOException {
    DatasetManifest manifest = DatasetManifest.read(root);
    List<DatasetReport.Source> sources = new ArrayList<>();
    for (Map.Entry<String, List<DatasetManifest.Shard>> source : manifest.sources().entrySet()) {
      Path folder = root.resolve(source.getKey());
      SortedMap<String, Integer> extensions = new TreeMap<>();
      for (DatasetManifest.Shard shard : source.getValue()) {
        TarIndex index = TarIndex.read(folder.resolve(shard.file()));
        for (int i = 0; i < index.keys().size(); i++) {
          extensions.merge(FileExtension.of(index.fileName(i)), 1, Integer::sum);
        }
      }
      long bytes = source.getValue().stream().mapToLong(DatasetManifest.Shard::bytes).sum();
      sources.add(
          new DatasetReport.Source(
              source.getKey(),
              manifest.samples(),
              source.getValue().size(),
              bytes,
              extensions,
              TokenContract.isAt(folder)));
    }
    return new DatasetReport(
        DatasetReport.Layout.SHARDS, manifest.name(), manifest.samples(), sources);
  }

  private static DatasetReport folders(Path root) throws IOException {
    Set<String> names = new HashSet<>();
    List<DatasetReport.Source> sources = new ArrayList<>();
    for (String source : Datasets.folders(root)) {
      FolderScan scan = FolderScan.scan(root, source);
      names.addAll(scan.files().keySet());
      sources.add(
          new DatasetReport.Source(
              source,
              scan.files().size(),
              0,
              scan.bytes(),
              scan.extensions(),
              TokenContract.isAt(root.resolve(source))));
    }
    String name = root.toAbsolutePath().normalize().getFileName().toString();
    return new DatasetReport(DatasetReport.Layout.FOLDERS, name, names.size(), sources);
  }
}
