package org.anymod.core.retrieval;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.data.AtomicFile;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.FolderLock;
import org.anymod.core.data.StrictJson;
import org.anymod.core.training.Checksums;
import org.anymod.media.Npy;
import org.anymod.media.NpyArray;
import org.anymod.torch.parallel.Communicator;

/**
 * Writes an index: {@code contract.json}, {@code names.json}, {@code vectors-00000.npy} and so on
 * (samples, width), and last {@code checksums.json}, with which it is complete. Vectors that are
 * there are kept, so an interrupted call goes on where it was and ends with the same bytes.
 */
final class IndexWriter {
  static final String NAMES = "names.json";
  static final String CHECKSUMS = "checksums.json";
  static final int LARGEST_JSON = 1 << 30;

  private static final int FILES_AT_ONCE = 256;

  private final Path folder;
  private final IndexContract contract;
  private Communicator group = Communicator.single();

  IndexWriter(Path folder, IndexContract contract) {
    this.folder = folder.toAbsolutePath();
    this.contract = contract;
  }

  /** Shares the work with other ranks: shards go round them. Any number writes the same bytes. */
  IndexWriter together(Communicator ranks) {
    this.group = ranks;
    return this;
  }

  /** The file of a shard. */
  static String vectors(int shard) {
    return String.format(Locale.ROOT, "vectors-%05d.npy", shard);
  }

  /**
   * Writes what is missing.
   *
   * @return whether it came to the end
   * @throws DatasetException if another index is there, or another process writes there
   */
  boolean write(EmbeddingSource source, Progress progress, StopSignal stop) throws IOException {
    if (!group.agree(contract.toString().hashCode())) {
      throw new DatasetException("the ranks have different models, recipes or data to embed");
    }
    // Rank 0 holds the right to write for all of them.
    Optional<FolderLock> lock =
        group.isFirst() ? Optional.of(FolderLock.take(folder)) : Optional.empty();
    try {
      return writeMissing(source, progress, stop);
    } finally {
      if (lock.isPresent()) {
        lock.get().close();
      }
    }
  }

  private boolean writeMissing(EmbeddingSource source, Progress progress, StopSignal stop)
      throws IOException {
    if (group.isFirst()) {
      begin(source.names());
    }
    if (group.asFirst(Files.exists(folder.resolve(CHECKSUMS)))) {
      return true;
    }
    progress.start("embed " + contract.split(), contract.samples(), "sample");
    boolean whole = writeShards(source, progress, stop);
    if (group.any(!whole)) {
      return false;
    }
    if (group.isFirst()) {
      finish();
    }
    group.barrier();
    progress.finish();
    return true;
  }

  private boolean writeShards(EmbeddingSource source, Progress progress, StopSignal stop)
      throws IOException {
    int per = contract.samplesPerShard();
    for (int from = 0; from < contract.samples(); from += per) {
      int to = Math.min(contract.samples(), from + per);
      boolean own = from / per % group.size() == group.rank();
      if (own && !writeShard(source, from, to, progress, stop)) {
        return false;
      }
    }
    return true;
  }

  /** Notes the sums of all files, also of those that other ranks have written. */
  private void finish() throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(folder.resolve(IndexContract.FILE));
    files.add(folder.resolve(NAMES));
    int per = contract.samplesPerShard();
    for (int from = 0; from < contract.samples(); from += per) {
      Path file = folder.resolve(vectors(from / per));
      if (!Files.exists(file)) {
        throw new DatasetException(file + " is missing: the ranks must write to the same folder");
      }
      files.add(file);
    }
    Checksums.write(folder.resolve(CHECKSUMS), files);
  }

  private void begin(List<String> names) throws IOException {
    Path file = folder.resolve(IndexContract.FILE);
    if (Files.exists(file)) {
      IndexContract earlier =
          StrictJson.read(file, IndexContract.class, RetrievalIndex.LARGEST_CONTRACT);
      List<String> differences = earlier.check(contract);
      if (!differences.isEmpty()) {
        throw new DatasetException(
            folder
                + " holds another index; choose another folder, or delete it:\n  "
                + String.join("\n  ", differences));
      }
    }
    deleteLeftovers();
    if (!Files.exists(file)) {
      refuseOtherFiles();
      StrictJson.write(folder.resolve(NAMES), names);
      // Behind the names, so that where there is a contract there are names.
      StrictJson.write(file, contract);
    }
  }

  /** A folder with vectors but no contract is none of this program's. */
  private void refuseOtherFiles() throws IOException {
    Path first = folder.resolve(vectors(0));
    if (Files.exists(first)) {
      throw new DatasetException(
          first + " is there without " + IndexContract.FILE + "; choose another folder");
    }
  }

  /** Files that a killed process did not come to move to their place. */
  private void deleteLeftovers() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.tmp")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  /** Writes a shard if it is not there, and returns whether it came to its end. */
  private boolean writeShard(
      EmbeddingSource source, int from, int to, Progress progress, StopSignal stop)
      throws IOException {
    Path file = folder.resolve(vectors(from / contract.samplesPerShard()));
    if (Files.exists(file)) {
      return true;
    }
    int width = contract.width();
    float[] numbers = new float[Math.multiplyExact(to - from, width)];
    // Whole batches, so that a request has the same samples wherever a call began.
    int step = contract.origin().equals(IndexContract.FILES) ? FILES_AT_ONCE : contract.batch();
    for (int at = from; at < to; at += step) {
      if (stop.requested()) {
        progress.message("stopped before " + file.getFileName() + "; the next call goes on there");
        return false;
      }
      List<float[]> rows = source.rows(at, Math.min(to, at + step));
      for (int i = 0; i < rows.size(); i++) {
        System.arraycopy(rows.get(i), 0, numbers, (at - from + i) * width, width);
      }
      progress.advance(at + rows.size(), "");
    }
    AtomicFile.write(file, Npy.write(new NpyArray(new int[] {to - from, width}, numbers)));
    return true;
  }
}
