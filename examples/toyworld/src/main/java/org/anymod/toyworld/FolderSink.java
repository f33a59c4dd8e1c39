package org.anymod.toyworld;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Writes each file to {@code root/<source>/<file name>}. */
public final class FolderSink implements SceneSink {
  /** Writing is mostly waiting for the disk, which takes several files at once gladly. */
  private static final int WRITERS = 8;

  private final Path root;
  private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);

  /**
   * Creates the folders.
   *
   * @param root folder of the dataset
   * @throws IOException if they cannot be created
   */
  public FolderSink(Path root) throws IOException {
    this(root, SceneEncoder.SOURCES);
  }

  /**
   * Creates the folders of chosen sources.
   *
   * @param root folder of the dataset
   * @param sources names of the folders in it
   * @throws IOException if they cannot be created
   */
  public FolderSink(Path root, List<String> sources) throws IOException {
    this.root = root;
    for (String source : sources) {
      Files.createDirectories(root.resolve(source));
    }
  }

  @Override
  public void add(String name, List<SceneFile> files) throws IOException {
    List<Callable<Void>> writes = new ArrayList<>();
    for (SceneFile file : files) {
      writes.add(
          () -> {
            write(root.resolve(file.source()), file);
            return null;
          });
    }
    try {
      for (Future<Void> written : writers.invokeAll(writes)) {
        written.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while scenes were written");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("a scene could not be written", e.getCause());
    }
  }

  private static void write(Path folder, SceneFile file) throws IOException {
    Path unfinished = folder.resolve("." + file.fileName() + ".tmp");
    try {
      writeAndForce(unfinished, ByteBuffer.wrap(file.bytes()));
      Files.move(unfinished, folder.resolve(file.fileName()), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static void writeAndForce(Path path, ByteBuffer bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  @Override
  public void finish() {
    // Every file is complete as soon as it is there.
  }

  @Override
  public void close() {
    writers.shutdown();
  }
}
