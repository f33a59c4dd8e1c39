package org.anymod.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a safetensors file from tensors in memory and in other files, piece by piece, whatever
 * their sizes. Tensors stay with their owners and are read when the file is written.
 */
public final class SafeTensorsWriter {
  private static final int PIECE = 1 << 20;
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, Source> sources = new LinkedHashMap<>();

  /** Where the bytes of a tensor come from. */
  @FunctionalInterface
  private interface Bytes {
    void writeTo(WritableByteChannel out) throws IOException;
  }

  private record Source(StoredType type, Shape shape, Bytes bytes) {}

  /**
   * Adds a tensor in its own type.
   *
   * @param name name in the file
   * @param tensor the tensor
   * @throws IllegalArgumentException if the name is taken or the type cannot be stored
   */
  public void add(String name, NDArray tensor) {
    add(name, tensor, StoredType.of(tensor.getDataType()));
  }

  /**
   * Adds a tensor in another type.
   *
   * @param name name in the file
   * @param tensor the tensor
   * @param type how to store it
   * @throws IllegalArgumentException if the name is taken
   */
  public void add(String name, NDArray tensor, StoredType type) {
    add(name, new Source(type, tensor.getShape(), out -> bytes(tensor, type, out)));
  }

  /**
   * Adds a tensor of another file, bit for bit.
   *
   * @param name name in the new file
   * @param file the other file, open until this one is written
   * @param stored name in the other file
   * @throws IllegalArgumentException if the name is taken or is not in the other file
   */
  public void add(String name, SafeTensorsFile file, String stored) {
    add(name, file, stored, file.entry(stored).type());
  }

  /**
   * Adds a tensor of another file in another type.
   *
   * @param name name in the new file
   * @param file the other file, open until this one is written
   * @param stored name in the other file
   * @param type how to store it
   * @throws IllegalArgumentException if the name is taken or is not in the other file
   */
  public void add(String name, SafeTensorsFile file, String stored, StoredType type) {
    Shape shape = file.entry(stored).shape();
    add(name, new Source(type, shape, out -> file.copy(stored, type, out)));
  }

  private void add(String name, Source source) {
    if (sources.putIfAbsent(name, source) != null) {
      throw new IllegalArgumentException("two tensors are named " + name);
    }
  }

  /**
   * Writes the file: to a temporary name in the same folder, synced, then moved into place.
   *
   * @param file the file, overwritten if it exists
   * @param metadata free texts by name
   * @throws IOException if writing fails; the file is as it was before then
   */
  public void write(Path file, Map<String, String> metadata) throws IOException {
    byte[] header = header(metadata);
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        all(length.putLong(header.length).flip(), channel);
        all(ByteBuffer.wrap(header), channel);
        for (Source source : sources.values()) {
          source.bytes().writeTo(channel);
        }
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncFolder(file.toAbsolutePath().getParent());
  }

  /** Makes the move last. */
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Some systems can't open folders; there the move is as lasting as the system makes it.
      return;
    }
  }

  private byte[] header(Map<String, String> metadata) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart("__metadata__");
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long offset = 0;
      for (Map.Entry<String, Source> entry : sources.entrySet()) {
        Source source = entry.getValue();
        long end = offset + source.shape().size() * source.type().width();
        json.writeObjectFieldStart(entry.getKey());
        json.writeStringField("dtype", source.type().name());
        numbers(json, "shape", source.shape().getShape());
        numbers(json, "data_offsets", offset, end);
        json.writeEndObject();
        offset = end;
      }
      json.writeEndObject();
    }
    // Padded with spaces so that the numbers start at a multiple of 8.
    int padding = (8 - out.size() % 8) % 8;
    out.writeBytes(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
    if (out.size() > SafeTensorsHeaderReader.MAX_HEADER) {
      throw new IOException(
          "a header of "
              + out.size()
              + " bytes is larger than the format allows, which is "
              + SafeTensorsHeaderReader.MAX_HEADER);
    }
    return out.toByteArray();
  }

  private static void numbers(JsonGenerator json, String name, long... values) throws IOException {
    json.writeFieldName(name);
    json.writeArray(values, 0, values.length);
  }

  private static void bytes(NDArray tensor, StoredType type, WritableByteChannel out)
      throws IOException {
    StoredType own = StoredType.of(tensor.getDataType());
    long size = tensor.getShape().size();
    for (long at = 0; at < size; at += PIECE) {
      try (NDManager scope = tensor.getManager().newSubManager()) {
        NDArray position = SafeTensorsFile.onHost(scope.create(at));
        NDArray count = SafeTensorsFile.onHost(scope.create(Math.min(PIECE, size - at)));
        NDArray part =
            Autograd.pause(() -> Kernels.shared().call(scope, "part_of", tensor, position, count));
        ByteBuffer bytes = ByteBuffer.wrap(part.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        all(own == type ? bytes : StoredNumbers.bytes(type, StoredNumbers.floats(own, bytes)), out);
      } catch (ArithmeticException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }

  static void all(ByteBuffer bytes, WritableByteChannel out) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
