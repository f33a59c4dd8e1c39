package org.anymod.core.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.anymod.core.data.AtomicFile;

/**
 * Sizes and CRC-32C sums of the files of a checkpoint, in a small JSON file beside them, so that a
 * damaged checkpoint is known before it is loaded.
 */
public final class Checksums {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CHUNK = 1 << 20;

  private Checksums() {}

  /**
   * Notes sizes and sums.
   *
   * @param file where they are noted, overwritten if it exists
   * @param parts files beside it
   * @throws IOException if a file can't be read or written
   */
  public static void write(Path file, List<Path> parts) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    for (Path part : parts) {
      ObjectNode node = root.putObject(part.getFileName().toString());
      node.put("bytes", Files.size(part));
      node.put("crc32c", sum(part));
    }
    AtomicFile.write(file.toAbsolutePath(), JSON.writeValueAsBytes(root));
  }

  /**
   * Compares files with what was noted of them.
   *
   * @param thorough whether to read them, or to look at their sizes only
   * @param file where they were noted
   * @return what differs; empty if nothing does, or nothing was noted
   * @throws IOException if a file can't be read
   */
  public static Optional<String> damage(Path file, boolean thorough) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    JsonNode root;
    try {
      root = JSON.readTree(Files.readAllBytes(file));
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      return Optional.of(file + " is no JSON");
    }
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      Path part = file.resolveSibling(Path.of(entry.getKey()).getFileName());
      if (!Files.isRegularFile(part)) {
        return Optional.of(part + " is missing");
      }
      long bytes = entry.getValue().path("bytes").asLong(-1);
      if (Files.size(part) != bytes) {
        return Optional.of(part + " has " + Files.size(part) + " bytes, must have " + bytes);
      }
      if (thorough && sum(part) != entry.getValue().path("crc32c").asLong(-1)) {
        return Optional.of(part + " has changed since it was written: its CRC-32C sum differs");
      }
    }
    return Optional.empty();
  }

  private static long sum(Path file) throws IOException {
    CRC32C sum = new CRC32C();
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(chunk) >= 0) {
        sum.update(chunk.flip());
        chunk.clear();
      }
    }
    return sum.getValue();
  }
}
