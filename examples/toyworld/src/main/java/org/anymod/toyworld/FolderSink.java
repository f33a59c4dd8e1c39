package org.anymod.toyworld;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes each file to {@code root/<source>/<file name>}. */
public final class FolderSink implements SceneSink {
  private final Path root;

  /**
   * Creates the folders.
   *
   * @param root folder of the dataset
   * @throws IOException if they cannot be created
   */
  public FolderSink(Path root) throws IOException {
    this.root = root;
    for (String source : SceneEncoder.SOURCES) {
      Files.createDirectories(root.resolve(source));
    }
  }

  @Override
  public void add(String name, List<SceneFile> files) throws IOException {
    for (SceneFile file : files) {
      write(root.resolve(file.source()), file);
    }
  }

  private static void write(Path folder, SceneFile file) throws IOException {
    Path unfinished = folder.resolve("." + file.fileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(file.bytes());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(unfinished, folder.resolve(file.fileName()), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void finish() {
    // Every file is complete as soon as it is there.
  }
}
