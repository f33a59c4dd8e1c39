package org.anymod.core.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files that are there whole or not at all: written beside their place, forced to disk, then moved.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes a file.
   *
   * @param file the file, overwritten if it exists; its folder must exist
   * @param bytes what it will hold
   * @throws IOException if writing fails; the file is as it was before then
   */
  public static void write(Path file, byte[] bytes) throws IOException {
    Path temporary = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      publish(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Moves a file that was forced to disk to its place in the same folder, and makes the move last.
   *
   * @param temporary the file under another name
   * @param file its place; an earlier file there is replaced
   * @throws IOException if it can't be moved
   */
  public static void publish(Path temporary, Path file) throws IOException {
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      // Some systems can't open folders; there the move is as lasting as the system makes it.
      return;
    }
  }
}
