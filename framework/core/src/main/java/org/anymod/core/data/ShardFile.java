package org.anymod.core.data;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A tar file being written, beside its place until it is whole. The same entries always give the
 * same bytes: no time, no user, no mode of this machine goes in.
 */
final class ShardFile implements Closeable {
  private static final int MODE = 0100644;
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Path temporary;
  private final FileChannel channel;
  private final BufferedOutputStream buffered;
  private final TarArchiveOutputStream tar;

  ShardFile(Path file) throws IOException {
    this.file = file;
    this.temporary = file.resolveSibling(file.getFileName() + ".tmp");
    this.channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    this.buffered = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    this.tar = new TarArchiveOutputStream(buffered, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  /** Returns the name of the tar file of a shard. */
  static String name(int shard) {
    return String.format(Locale.ROOT, "shard-%05d.tar", shard);
  }

  void add(String fileName, byte[] bytes) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(fileName);
    entry.setSize(bytes.length);
    entry.setMode(MODE);
    entry.setModTime(0L);
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  /** Ends the file and forces it to disk, still under its temporary name. */
  void complete() throws IOException {
    tar.finish();
    // The tar stream does not hand a flush on.
    buffered.flush();
    channel.force(true);
    channel.close();
  }

  /** Moves the completed file to its place. */
  void publish() throws IOException {
    AtomicFile.publish(temporary, file);
  }

  /** Removes what was not published. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(temporary);
  }
}
