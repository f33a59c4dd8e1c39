package org.anymod.core.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The sole right to write into a folder. The system gives it back when the process ends, however it
 * ends; the empty lock file stays.
 */
public final class FolderLock implements Closeable {
  private static final String FILE = ".writing.lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the right, without waiting.
   *
   * @param folder the folder; made if it is not there
   * @return the lock; closing it gives the right back
   * @throws DatasetException if another process, or another part of this one, has it
   * @throws IOException if the folder cannot be written
   */
  public static FolderLock take(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this process already: no other answer than if another one held it.
      lock = null;
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw new DatasetException(
          folder + " is being written by another process; wait until it has ended");
    }
    return new FolderLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
