package org.anymod.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The safetensors format: 8 bytes of header length, a JSON header with type, shape and byte range
 * of each tensor, then the numbers in little-endian order. Here are the ways that treat a file as a
 * whole; {@link SafeTensorsFile} reads single tensors and {@link SafeTensorsWriter} writes from
 * several places.
 */
public final class SafeTensors {
  private SafeTensors() {}

  /**
   * Where a tensor lies in a file.
   *
   * @param type how its numbers are stored
   * @param shape shape
   * @param begin first byte, counted from the start of the file
   * @param end byte after the last
   */
  public record Entry(StoredType type, Shape shape, long begin, long end) {}

  /**
   * The header of a file.
   *
   * @param metadata free texts by name
   * @param tensors entries by name in the order of the header
   */
  public record Header(Map<String, String> metadata, Map<String, Entry> tensors) {}

  /**
   * Reads and checks the header of a file.
   *
   * @param file a safetensors file
   * @return the header
   * @throws SafeTensorsException if it is no such file; the message names the file and what is
   *     wrong
   * @throws IOException if the file cannot be read
   */
  public static Header header(Path file) throws IOException {
    try (SafeTensorsFile open = SafeTensorsFile.open(file)) {
      return open.header();
    }
  }

  /**
   * Reads all tensors of a file; F64, F16 and BF16 become float32, I16 becomes int32, BOOL and U8
   * become uint8.
   *
   * @param file a safetensors file
   * @param manager owner of the tensors
   * @return tensors by name in the order of the header
   * @throws SafeTensorsException if it is no such file; the message names the file and what is
   *     wrong
   * @throws IOException if the file cannot be read
   */
  public static Map<String, NDArray> read(Path file, NDManager manager) throws IOException {
    try (SafeTensorsFile open = SafeTensorsFile.open(file)) {
      Map<String, NDArray> tensors = new LinkedHashMap<>();
      for (String name : open.header().tensors().keySet()) {
        tensors.put(name, open.tensor(name, manager));
      }
      return tensors;
    }
  }

  /**
   * Writes tensors to a file: to a temporary name in the same folder, synced, then moved into
   * place.
   *
   * @param file the file, overwritten if it exists
   * @param tensors tensors by name, each stored in its own type
   * @param metadata free texts by name
   * @throws IOException if writing fails; the file is as it was before then
   */
  public static void write(Path file, Map<String, NDArray> tensors, Map<String, String> metadata)
      throws IOException {
    SafeTensorsWriter writer = new SafeTensorsWriter();
    tensors.forEach(writer::add);
    writer.write(file, metadata);
  }
}
