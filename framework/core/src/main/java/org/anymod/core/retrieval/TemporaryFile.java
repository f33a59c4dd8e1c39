package org.anymod.core.retrieval;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file of which nothing stays: it goes when this is closed, at the latest when Java ends. */
final class TemporaryFile implements Closeable {
  private final Path folder;
  private final String prefix;
  private final String suffix;
  private Optional<Path> file = Optional.empty();

  /** Creates nothing yet. */
  TemporaryFile(Path folder, String prefix, String suffix) {
    this.folder = folder;
    this.prefix = prefix;
    this.suffix = suffix;
  }

  /** Creates the file. */
  Path create() throws IOException {
    Path created = Files.createTempFile(folder, prefix, suffix);
    file = Optional.of(created);
    created.toFile().deleteOnExit();
    return created;
  }

  /** The file, once it was created. */
  Path path() {
    return file.orElseThrow();
  }

  /**
   * Takes the name from a file that is in use, where the system allows that: then nothing stays
   * whatever becomes of the process, and who has the file open goes on reading it.
   */
  void hide() {
    try {
      close();
    } catch (IOException e) {
      // Some systems keep the names of open files: then close deletes it later.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      Files.deleteIfExists(file.get());
    }
  }
}
