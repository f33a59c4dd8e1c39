package org.anymod.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes the safetensors format: 8 bytes of header length, a JSON header with type, shape
 * and byte range of each tensor, then the numbers in little-endian order. Files are memory-mapped
 * tensor by tensor, with 64-bit offsets; a header is untrusted and checked before anything is
 * allocated.
 */
public final class SafeTensors {
  private static final int MAX_HEADER = 100_000_000;
  private static final int CHUNK = 1 << 24;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(8)
                      .maxStringLength(MAX_HEADER)
                      .build())
              .build());

  private SafeTensors() {}

  /**
   * Where a tensor lies in a file.
   *
   * @param dtype type as written in the header: F32, F16, BF16, F64, I64, I32, I16, I8, U8 or BOOL
   * @param shape shape
   * @param begin first byte, counted from the start of the file
   * @param end byte after the last
   */
  public record Entry(String dtype, Shape shape, long begin, long end) {}

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
   * @throws IOException if the file cannot be read or is no such file; the message names the file
   *     and what is wrong
   */
  public static Header header(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return header(file, channel);
    }
  }

  private static Header header(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < 8) {
      throw broken(file, "has " + size + " bytes, at least 8 are needed");
    }
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    readFully(file, channel, length, 0);
    long headerLength = length.getLong(0);
    if (headerLength < 2 || headerLength > MAX_HEADER || headerLength > size - 8) {
      throw broken(
          file,
          "header length "
              + Long.toUnsignedString(headerLength)
              + " is outside 2 to "
              + Math.min(MAX_HEADER, size - 8));
    }
    ByteBuffer text = ByteBuffer.allocate((int) headerLength);
    readFully(file, channel, text, 8);
    JsonNode root;
    try (JsonParser parser = JSON.getFactory().createParser(text.array())) {
      root = JSON.readTree(parser);
    } catch (IOException e) {
      throw new IOException(file + ": header is no valid JSON: " + e.getMessage(), e);
    }
    if (root == null || !root.isObject()) {
      throw broken(file, "header is no JSON object");
    }
    return parse(file, root, 8 + headerLength, size);
  }

  private static Header parse(Path file, JsonNode root, long dataStart, long size)
      throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Entry> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (field.getKey().equals("__metadata__")) {
        for (Map.Entry<String, JsonNode> entry : field.getValue().properties()) {
          metadata.put(entry.getKey(), entry.getValue().asText());
        }
      } else {
        tensors.put(field.getKey(), entry(file, field.getKey(), field.getValue(), dataStart, size));
      }
    }
    checkRanges(file, tensors, dataStart, size);
    return new Header(metadata, tensors);
  }

  private static Entry entry(Path file, String name, JsonNode node, long dataStart, long size)
      throws IOException {
    JsonNode dtype = node.path("dtype");
    JsonNode shape = node.path("shape");
    JsonNode offsets = node.path("data_offsets");
    if (!dtype.isTextual() || !shape.isArray() || !offsets.isArray() || offsets.size() != 2) {
      throw broken(file, "tensor " + name + " needs dtype, shape and two data_offsets");
    }
    int width = width(file, name, dtype.asText());
    long count = 1;
    long[] dims = new long[shape.size()];
    for (int i = 0; i < dims.length; i++) {
      if (!shape.get(i).isIntegralNumber()
          || !shape.get(i).canConvertToLong()
          || shape.get(i).asLong() < 0) {
        throw broken(
            file, "tensor " + name + " has shape " + shape + ", must be whole numbers from 0");
      }
      dims[i] = shape.get(i).asLong();
      try {
        count = Math.multiplyExact(count, dims[i]);
      } catch (ArithmeticException e) {
        throw broken(file, "tensor " + name + " has shape " + shape + ", too large");
      }
    }
    if (!offsets.get(0).canConvertToLong()
        || !offsets.get(1).canConvertToLong()
        || !offsets.get(0).isIntegralNumber()
        || !offsets.get(1).isIntegralNumber()) {
      throw broken(
          file, "tensor " + name + " has data_offsets " + offsets + ", must be whole numbers");
    }
    long begin = offsets.get(0).asLong();
    long end = offsets.get(1).asLong();
    if (begin < 0 || end < begin || end > size - dataStart) {
      throw broken(
          file,
          "tensor "
              + name
              + " lies at "
              + begin
              + " to "
              + end
              + ", outside the "
              + (size - dataStart)
              + " bytes of data; the file may be cut off");
    }
    if (count > Long.MAX_VALUE / 8 || end - begin != count * width) {
      throw broken(
          file,
          "tensor "
              + name
              + " of type "
              + dtype.asText()
              + " and shape "
              + shape
              + " has "
              + (end - begin)
              + " bytes");
    }
    return new Entry(dtype.asText(), new Shape(dims), dataStart + begin, dataStart + end);
  }

  private static void checkRanges(Path file, Map<String, Entry> tensors, long dataStart, long size)
      throws IOException {
    List<Map.Entry<String, Entry>> sorted = new ArrayList<>(tensors.entrySet());
    sorted.sort(
        Comparator.<Map.Entry<String, Entry>>comparingLong(e -> e.getValue().begin())
            .thenComparingLong(e -> e.getValue().end()));
    long end = dataStart;
    for (Map.Entry<String, Entry> entry : sorted) {
      if (entry.getValue().begin() < end) {
        throw broken(file, "tensor " + entry.getKey() + " overlaps the one before it");
      }
      if (entry.getValue().begin() > end) {
        throw broken(file, "there are unused bytes before tensor " + entry.getKey());
      }
      end = entry.getValue().end();
    }
    if (end != size) {
      throw broken(file, "there are " + (size - end) + " bytes after the last tensor");
    }
  }

  private static int width(Path file, String name, String dtype) throws IOException {
    return switch (dtype) {
      case "F64", "I64" -> 8;
      case "F32", "I32" -> 4;
      case "F16", "BF16", "I16" -> 2;
      case "I8", "U8", "BOOL" -> 1;
      default ->
          throw broken(
              file,
              "tensor "
                  + name
                  + " has type "
                  + dtype
                  + "; allowed are F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL");
    };
  }

  /**
   * Reads all tensors of a file; F64, F16 and BF16 become float32, I16 becomes int32, BOOL and U8
   * become uint8.
   *
   * @param file a safetensors file
   * @param manager owner of the tensors
   * @return tensors by name in the order of the header
   * @throws IOException if the file cannot be read or is no such file; the message names the file
   *     and what is wrong
   */
  public static Map<String, NDArray> read(Path file, NDManager manager) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Header header = header(file, channel);
      Map<String, NDArray> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, Entry> entry : header.tensors().entrySet()) {
        tensors.put(entry.getKey(), tensor(channel, entry.getValue(), manager));
      }
      return tensors;
    }
  }

  private static NDArray tensor(FileChannel channel, Entry entry, NDManager manager)
      throws IOException {
    long bytes = entry.end() - entry.begin();
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new IOException("a single tensor of " + bytes + " bytes is not supported");
    }
    ByteBuffer source =
        channel
            .map(FileChannel.MapMode.READ_ONLY, entry.begin(), bytes)
            .order(ByteOrder.LITTLE_ENDIAN);
    return SafeTensorValues.create(entry.dtype(), entry.shape(), source, manager);
  }

  /**
   * Writes tensors to a file: to a temporary name in the same folder, synced, then moved into
   * place.
   *
   * @param file the file, overwritten if it exists
   * @param tensors tensors by name; float32, int64, int32 and uint8
   * @param metadata free texts by name
   * @throws IOException if writing fails; the file is as it was before then
   */
  public static void write(Path file, Map<String, NDArray> tensors, Map<String, String> metadata)
      throws IOException {
    byte[] header = headerBytes(tensors, metadata);
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      length.putLong(header.length).flip();
      writeFully(channel, length);
      writeFully(channel, ByteBuffer.wrap(header));
      for (NDArray tensor : tensors.values()) {
        ByteBuffer data = tensor.toByteBuffer(false).order(ByteOrder.LITTLE_ENDIAN);
        writeFully(channel, data);
      }
      channel.force(true);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] headerBytes(Map<String, NDArray> tensors, Map<String, String> metadata)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.getFactory().createGenerator(out)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart("__metadata__");
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long offset = 0;
      for (Map.Entry<String, NDArray> entry : tensors.entrySet()) {
        NDArray tensor = entry.getValue();
        long bytes = tensor.getShape().size() * tensor.getDataType().getNumOfBytes();
        json.writeObjectFieldStart(entry.getKey());
        json.writeStringField("dtype", typeName(tensor.getDataType()));
        json.writeArrayFieldStart("shape");
        for (long dim : tensor.getShape().getShape()) {
          json.writeNumber(dim);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("data_offsets");
        json.writeNumber(offset);
        json.writeNumber(offset + bytes);
        json.writeEndArray();
        json.writeEndObject();
        offset += bytes;
      }
      json.writeEndObject();
    }
    // Padded with spaces so that the numbers start at a multiple of 8.
    int padding = (8 - out.size() % 8) % 8;
    out.writeBytes(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static String typeName(DataType type) {
    return switch (type) {
      case FLOAT64 -> "F64";
      case FLOAT32 -> "F32";
      case FLOAT16 -> "F16";
      case INT64 -> "I64";
      case INT32 -> "I32";
      case INT8 -> "I8";
      case UINT8 -> "U8";
      case BOOLEAN -> "BOOL";
      default -> throw new IllegalArgumentException("cannot write tensors of type " + type);
    };
  }

  private static void readFully(Path file, FileChannel channel, ByteBuffer target, long position)
      throws IOException {
    while (target.hasRemaining()) {
      int n = channel.read(target, position + target.position());
      if (n < 0) {
        throw broken(file, "ends inside the header");
      }
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer data) throws IOException {
    while (data.hasRemaining()) {
      ByteBuffer part = data.slice(data.position(), Math.min(CHUNK, data.remaining()));
      int n = channel.write(part);
      data.position(data.position() + n);
    }
  }

  private static IOException broken(Path file, String what) {
    return new IOException(file + " is no valid safetensors file: " + what);
  }
}
