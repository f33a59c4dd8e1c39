package org.anymod.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for everything that is wrong with a dataset, going on after each find. */
final class DatasetVerifier {
  private final Path root;
  private final List<DatasetProblem> problems = new ArrayList<>();

  private DatasetVerifier(Path root) {
    this.root = root;
  }

  static List<DatasetProblem> verify(Path root) throws IOException {
    DatasetVerifier verifier = new DatasetVerifier(root);
    if (!Files.isDirectory(root)) {
      verifier.add(root, "no such folder");
    } else if (DatasetManifest.isAt(root)) {
      verifier.shards();
    } else {
      verifier.folders();
    }
    return List.copyOf(verifier.problems);
  }

  private void shards() throws IOException {
    DatasetManifest manifest;
    try {
      manifest = DatasetManifest.read(root);
    } catch (DatasetException e) {
      add(root.resolve(DatasetManifest.FILE), e.getMessage());
      return;
    }
    for (Map.Entry<String, List<DatasetManifest.Shard>> source : manifest.sources().entrySet()) {
      for (DatasetManifest.Shard shard : source.getValue()) {
        shard(root.resolve(source.getKey()).resolve(shard.file()), shard);
      }
      orphans(source.getKey(), source.getValue());
      contract(source.getKey());
    }
    sameNames(manifest);
    for (String folder : Datasets.folders(root)) {
      if (!manifest.sources().containsKey(folder)) {
        add(
            root.resolve(folder),
            "is no source of " + DatasetManifest.FILE + "; a write that was not finished?");
      }
    }
  }

  private void shard(Path tar, DatasetManifest.Shard promised) throws IOException {
    try {
      if (Files.exists(tar)) {
        SafePath.check(root.toRealPath(), tar);
      }
      List<String> names = TarIndex.read(tar).keys();
      if (names.size() != promised.samples()) {
        add(tar, "has " + names.size() + " samples, the manifest promises " + promised.samples());
      } else if (!DatasetManifest.digest(names).equals(promised.names())) {
        add(tar, "has other sample names than the manifest promises");
      } else if (Files.size(tar) != promised.bytes()) {
        add(tar, "has " + Files.size(tar) + " bytes, the manifest promises " + promised.bytes());
      }
    } catch (DatasetException e) {
      add(tar, e.getMessage());
    }
  }

  private void orphans(String source, List<DatasetManifest.Shard> shards) throws IOException {
    List<String> listed = shards.stream().map(DatasetManifest.Shard::file).toList();
    Path folder = root.resolve(source);
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.sorted().toList()) {
        String name = child.getFileName().toString();
        if (!listed.contains(name) && !name.startsWith(".") && !name.equals(TokenContract.FILE)) {
          add(child, "is not listed in " + DatasetManifest.FILE + "; an orphan of another run?");
        }
      }
    }
  }

  private void sameNames(DatasetManifest manifest) {
    Map.Entry<String, List<DatasetManifest.Shard>> first =
        manifest.sources().entrySet().iterator().next();
    manifest
        .sources()
        .forEach(
            (source, shards) -> {
              int at = DatasetManifest.firstDifference(first.getValue(), shards);
              if (at >= 0) {
                add(
                    root.resolve(source),
                    "diverges from "
                        + first.getKey()
                        + " at shard "
                        + at
                        + ": other samples or another order");
              }
            });
  }

  private void folders() throws IOException {
    Map<String, FolderScan> scans = new LinkedHashMap<>();
    TreeSet<String> all = new TreeSet<>(SampleName.ORDER);
    for (String source : Datasets.folders(root)) {
      try {
        FolderScan scan = FolderScan.scan(root, source);
        scans.put(source, scan);
        all.addAll(scan.files().keySet());
      } catch (DatasetException | IllegalArgumentException e) {
        add(root.resolve(source), e.getMessage());
      }
      contract(source);
    }
    if (scans.isEmpty()) {
      add(root, "holds neither " + DatasetManifest.FILE + " nor folders of sources");
    }
    scans.forEach((source, scan) -> folder(source, scan, all));
  }

  private void folder(String source, FolderScan scan, TreeSet<String> all) {
    List<String> missing = NameMatch.missing(all, scan.files().keySet());
    if (!missing.isEmpty()) {
      add(
          root.resolve(source),
          "has "
              + scan.files().size()
              + " of "
              + all.size()
              + " samples, missing: "
              + NameMatch.firstFew(missing));
    }
    String others =
        scan.extensions().entrySet().stream()
            .filter(e -> e.getKey().isEmpty() || FileExtension.NOT_SAMPLES.contains(e.getKey()))
            .map(e -> e.getValue() + " with '" + e.getKey() + "'")
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      add(root.resolve(source), "holds files whose extension is no sample's: " + others);
    }
  }

  private void contract(String source) throws IOException {
    Path folder = root.resolve(source);
    if (TokenContract.isAt(folder)) {
      try {
        TokenContract.read(folder);
      } catch (DatasetException e) {
        add(folder.resolve(TokenContract.FILE), e.getMessage());
      }
    }
  }

  private void add(Path file, String message) {
    problems.add(new DatasetProblem(file, message));
  }
}
