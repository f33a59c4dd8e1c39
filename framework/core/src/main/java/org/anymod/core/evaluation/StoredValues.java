package org.anymod.core.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.anymod.core.data.DatasetException;
import org.anymod.spi.Value;

/**
 * Values by number of the sample as bytes, without loss. All numbers are big-endian: magic, number
 * of values, for each its sample, type, sizes and content, and a CRC-32C of all that.
 */
final class StoredValues {
  private static final int MAGIC = 0x414D5631;
  private static final ObjectMapper JSON = new ObjectMapper();

  private StoredValues() {}

  static byte[] write(Map<Integer, Value> values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeInt(values.size());
    for (Map.Entry<Integer, Value> entry : values.entrySet()) {
      out.writeInt(entry.getKey());
      write(entry.getValue(), out);
    }
    out.writeInt((int) sum(bytes.toByteArray(), bytes.size()));
    return bytes.toByteArray();
  }

  private static void write(Value value, DataOutputStream out) throws IOException {
    if (value instanceof Value.Raster raster) {
      sizes(out, 1, raster.channels(), raster.height(), raster.width());
      floats(out, raster.data());
    } else if (value instanceof Value.ClassMap map) {
      sizes(out, 2, map.height(), map.width());
      for (int x : map.data()) {
        out.writeInt(x);
      }
    } else if (value instanceof Value.Vectors vectors) {
      sizes(out, 3, vectors.count(), vectors.dim());
      floats(out, vectors.data());
    } else if (value instanceof Value.Text text) {
      bytes(out, 4, text.text().getBytes(StandardCharsets.UTF_8));
    } else {
      bytes(out, 5, JSON.writeValueAsBytes(((Value.Structured) value).tree()));
    }
  }

  private static void sizes(DataOutputStream out, int type, int... sizes) throws IOException {
    out.writeByte(type);
    for (int size : sizes) {
      out.writeInt(size);
    }
  }

  private static void floats(DataOutputStream out, float[] data) throws IOException {
    for (float x : data) {
      out.writeFloat(x);
    }
  }

  private static void bytes(DataOutputStream out, int type, byte[] bytes) throws IOException {
    sizes(out, type, bytes.length);
    out.write(bytes);
  }

  private static long sum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return sum.getValue();
  }

  /**
   * Reads what {@link #write(Map)} wrote.
   *
   * @throws DatasetException if the bytes are cut off or changed
   */
  static Map<Integer, Value> read(byte[] bytes) throws DatasetException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int end = bytes.length - Integer.BYTES;
    if (end < 2 * Integer.BYTES
        || in.getInt() != MAGIC
        || in.getInt(end) != (int) sum(bytes, end)) {
      throw new DatasetException("the values are cut off or have changed since they were written");
    }
    in.limit(end);
    Map<Integer, Value> values = new LinkedHashMap<>();
    try {
      int count = in.getInt();
      for (int i = 0; i < count; i++) {
        values.put(in.getInt(), value(in));
      }
    } catch (BufferUnderflowException | JsonProcessingException | IllegalArgumentException e) {
      throw new DatasetException("the values are malformed: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DatasetException("the values are no JSON: " + e.getMessage(), e);
    }
    return values;
  }

  private static Value value(ByteBuffer in) throws IOException {
    int type = in.get();
    return switch (type) {
      case 1 -> {
        int channels = in.getInt();
        int height = in.getInt();
        int width = in.getInt();
        yield new Value.Raster(channels, height, width, floats(in, channels, height, width));
      }
      case 2 -> {
        int height = in.getInt();
        int width = in.getInt();
        int[] data = new int[size(in, height, width)];
        for (int i = 0; i < data.length; i++) {
          data[i] = in.getInt();
        }
        yield new Value.ClassMap(height, width, data);
      }
      case 3 -> {
        int count = in.getInt();
        int dim = in.getInt();
        yield new Value.Vectors(count, dim, floats(in, count, dim));
      }
      case 4 -> new Value.Text(new String(bytes(in), StandardCharsets.UTF_8));
      case 5 -> new Value.Structured(JSON.readValue(bytes(in), Object.class));
      default -> throw new IllegalArgumentException("type is " + type + ", must be 1 to 5");
    };
  }

  private static float[] floats(ByteBuffer in, int... sizes) {
    float[] data = new float[size(in, sizes)];
    for (int i = 0; i < data.length; i++) {
      data[i] = in.getFloat();
    }
    return data;
  }

  private static byte[] bytes(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("length is " + length + ", left are " + in.remaining());
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  /** How many numbers there are, if so many are left. */
  private static int size(ByteBuffer in, int... sizes) {
    long all = 1;
    for (int size : sizes) {
      if (size < 0) {
        throw new IllegalArgumentException("a size is " + size + ", must not be negative");
      }
      all = Math.min(Integer.MAX_VALUE, all * size);
    }
    if (all * Integer.BYTES > in.remaining()) {
      throw new IllegalArgumentException(
          all + " numbers are said to follow, left are " + in.remaining() + " bytes");
    }
    return (int) all;
  }
}
