package org.anymod.core.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Goes from header to header through a tar file without reading what lies between. Understands long
 * names in the manner of POSIX.1-2001 (pax) and of GNU; refuses links, sparse files, names that
 * leave the folder, and files cut short.
 */
final class TarWalk implements Closeable {
  static final int MAX_ENTRY = 1 << 30;
  private static final int MAX_EXTENSION = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final long length;
  private long at;

  /** A regular file inside the tar. */
  record Item(String path, long offset, int size) {}

  TarWalk(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.length = channel.size();
  }

  /** Returns the next regular file, or null after the last one. */
  Item next() throws IOException {
    String longName = null;
    long longSize = -1;
    while (true) {
      long headerAt = at;
      byte[] block = bytes(at, TarHeader.BLOCK, "header");
      if (TarHeader.isZero(block)) {
        return null;
      }
      if (!TarHeader.checksumMatches(block)) {
        throw bad(headerAt, "no tar header (its checksum is wrong)");
      }
      TarHeader header = TarHeader.parse(block);
      long size = header.isFile() && longSize >= 0 ? longSize : header.size();
      checkSize(headerAt, header, size);
      long offset = headerAt + TarHeader.BLOCK;
      at = offset + (size + TarHeader.BLOCK - 1) / TarHeader.BLOCK * TarHeader.BLOCK;
      switch (header.type()) {
        case 'L' -> longName = text(offset, size);
        case 'x' -> {
          PaxRecords records = PaxRecords.parse(bytes(offset, (int) size, "pax header"));
          if (records.isBroken()) {
            throw bad(headerAt, "a pax header that is malformed or describes a sparse file");
          }
          longName = records.path() == null ? longName : records.path();
          longSize = records.size() < 0 ? longSize : records.size();
        }
        case 'K', 'g', '5' -> {
          // Names of links, remarks on the whole file and folders say nothing about a sample.
        }
        default -> {
          if (!header.isFile()) {
            throw bad(
                headerAt, "an entry of type '" + header.type() + "'; allowed: files and folders");
          }
          String path = checkedPath(headerAt, longName == null ? header.name() : longName);
          return new Item(path, offset, (int) size);
        }
      }
    }
  }

  private void checkSize(long headerAt, TarHeader header, long size) throws IOException {
    int allowed = header.isFile() ? MAX_ENTRY : MAX_EXTENSION;
    if (size < 0 || size > allowed) {
      throw bad(
          headerAt,
          "an entry '" + header.name() + "' of " + size + " bytes, allowed: 0 to " + allowed);
    }
    if (headerAt + TarHeader.BLOCK + size > length) {
      throw new DatasetException(
          file
              + " is truncated: it has "
              + length
              + " bytes, but the entry '"
              + header.name()
              + "' at offset "
              + headerAt
              + " ends at "
              + (headerAt + TarHeader.BLOCK + size));
    }
  }

  private String checkedPath(long headerAt, String name) throws DatasetException {
    String path = name.startsWith("./") ? name.substring(2) : name;
    String problem = SampleName.pathProblem(path);
    if (!problem.isEmpty()) {
      throw bad(
          headerAt, "an entry '" + path.replaceAll("\\p{Cntrl}", "?") + "' whose name " + problem);
    }
    return path;
  }

  private String text(long offset, long size) throws IOException {
    byte[] bytes = bytes(offset, (int) size, "long name");
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private byte[] bytes(long offset, int size, String what) throws IOException {
    if (offset + size > length) {
      throw new DatasetException(
          file
              + " is truncated: it has "
              + length
              + " bytes, a "
              + what
              + " of "
              + size
              + " bytes is due at offset "
              + offset);
    }
    return read(channel, file, offset, size);
  }

  /** Reads bytes at a place of a file, whatever else is being read from it. */
  static byte[] read(FileChannel channel, Path file, long offset, int size) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(size);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new DatasetException(
            file
                + " is truncated: it ends at offset "
                + (offset + buffer.position())
                + ", "
                + size
                + " bytes are due at offset "
                + offset);
      }
    }
    return buffer.array();
  }

  private DatasetException bad(long offset, String found) {
    return new DatasetException(file + ", offset " + offset + ": " + found);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
