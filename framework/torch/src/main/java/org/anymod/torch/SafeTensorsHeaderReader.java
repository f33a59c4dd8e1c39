package org.anymod.torch;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anymod.torch.SafeTensors.Entry;
import org.anymod.torch.SafeTensors.Header;

/**
 * Reads the header of a safetensors file, which is untrusted: everything in it is checked against
 * the file's size before anything is allocated for it.
 */
final class SafeTensorsHeaderReader {
  /** The limit of the format. */
  static final int MAX_HEADER = 100_000_000;

  private static final int MAX_DIMENSIONS = 64;
  private static final String METADATA = "__metadata__";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          // Read, so that the tensor they stand in can be named.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  static {
    JSON.getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(16)
                .maxNameLength(MAX_HEADER)
                .maxStringLength(MAX_HEADER)
                .build());
  }

  private final Path file;
  private final FileChannel channel;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, Entry> tensors = new LinkedHashMap<>();
  private long size;
  private long dataStart;

  SafeTensorsHeaderReader(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  Header read() throws IOException {
    size = channel.size();
    String text = text();
    try (JsonParser parser = JSON.getFactory().createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw broken("header is no JSON object");
      }
      boolean described = false;
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        if (!name.equals(METADATA)) {
          tensor(name, parser);
        } else if (described) {
          throw broken("header has " + METADATA + " twice");
        } else {
          described = true;
          metadata(parser);
        }
      }
      if (parser.nextToken() != null) {
        throw broken("header goes on after its JSON object");
      }
    } catch (JsonProcessingException e) {
      throw broken("header is no valid JSON: " + e.getOriginalMessage());
    }
    checkRanges();
    return new Header(metadata, tensors);
  }

  private String text() throws IOException {
    if (size < 8) {
      throw broken("has " + size + " bytes, at least 8 are needed");
    }
    long length = bytes(8, 0).getLong();
    if (length < 2 || length > MAX_HEADER) {
      throw broken(
          "header length "
              + Long.toUnsignedString(length)
              + " is outside 2 to "
              + MAX_HEADER
              + ", the limit of the format");
    }
    if (length > size - 8) {
      throw broken(
          "header is cut off: its length is " + length + ", but " + (size - 8) + " bytes follow");
    }
    dataStart = 8 + length;
    ByteBuffer bytes = bytes((int) length, 8);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw broken("header is no UTF-8 text, first at byte " + (8 + bytes.position()));
    }
  }

  private ByteBuffer bytes(int count, long position) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (target.hasRemaining()) {
      if (channel.read(target, position + target.position()) < 0) {
        throw broken("header is cut off");
      }
    }
    return target.flip();
  }

  private void metadata(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw broken(METADATA + " is no JSON object");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      String value =
          parser.currentToken() == JsonToken.VALUE_STRING
              ? parser.getText()
              : JSON.readTree(parser).toString();
      if (metadata.put(key, value) != null) {
        throw broken(METADATA + " has the key " + key + " twice");
      }
    }
  }

  private void tensor(String name, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw broken("tensor " + name + " is described by no JSON object");
    }
    Set<String> seen = new HashSet<>();
    String dtype = null;
    long[] shape = null;
    long[] offsets = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      if (!seen.add(field)) {
        throw broken("tensor " + name + " has " + field + " twice");
      }
      JsonToken value = parser.nextToken();
      switch (field) {
        case "dtype" -> dtype = value == JsonToken.VALUE_STRING ? parser.getText() : null;
        case "shape" -> shape = numbers(name, field, parser);
        case "data_offsets" -> offsets = numbers(name, field, parser);
        default -> parser.skipChildren();
      }
    }
    if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
      throw broken(
          "tensor " + name + " needs a dtype in quotes, a shape and data_offsets of two numbers");
    }
    if (tensors.put(name, entry(name, dtype, shape, offsets)) != null) {
      throw broken("two tensors are named " + name);
    }
  }

  /** Whole numbers from 0; null where there is no list. */
  private long[] numbers(String name, String field, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return null;
    }
    List<Long> numbers = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String wrong = wrong(parser);
      if (wrong != null) {
        throw broken("tensor " + name + ": " + field + " holds " + parser.getText() + wrong);
      }
      if (numbers.size() == MAX_DIMENSIONS) {
        throw broken(
            "tensor " + name + ": " + field + " holds more than " + MAX_DIMENSIONS + " numbers");
      }
      numbers.add(parser.getLongValue());
    }
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  /** What is wrong with a number; null if nothing is. */
  private static String wrong(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      return ", must be whole numbers";
    } else if (parser.getNumberType() == NumberType.BIG_INTEGER) {
      return ", which is too large";
    }
    return parser.getLongValue() < 0 ? ", must be 0 or more" : null;
  }

  private Entry entry(String name, String dtype, long[] dims, long[] offsets) throws IOException {
    StoredType type =
        StoredType.named(dtype)
            .orElseThrow(
                () ->
                    broken(
                        "tensor "
                            + name
                            + " has type "
                            + dtype
                            + "; allowed are "
                            + StoredType.names()));
    Shape shape = new Shape(dims);
    long needed = type.width();
    try {
      for (long dim : dims) {
        needed = Math.multiplyExact(needed, dim);
      }
    } catch (ArithmeticException e) {
      throw broken("tensor " + name + " has shape " + shape + ", which is too large");
    }
    long begin = offsets[0];
    long end = offsets[1];
    long data = size - dataStart;
    if (end < begin) {
      throw broken("tensor " + name + " ends at " + end + ", before its beginning at " + begin);
    }
    if (end > data) {
      throw broken(
          "tensor "
              + name
              + " lies at "
              + begin
              + " to "
              + end
              + ", but only "
              + data
              + " bytes of data are there; the file may be cut off");
    }
    if (end - begin != needed) {
      throw broken(
          "tensor "
              + name
              + " of type "
              + type
              + " and shape "
              + shape
              + " needs "
              + needed
              + " bytes and has "
              + (end - begin));
    }
    return new Entry(type, shape, dataStart + begin, dataStart + end);
  }

  private void checkRanges() throws IOException {
    List<Map.Entry<String, Entry>> sorted = new ArrayList<>(tensors.entrySet());
    sorted.sort(
        Comparator.<Map.Entry<String, Entry>>comparingLong(e -> e.getValue().begin())
            .thenComparingLong(e -> e.getValue().end()));
    long end = dataStart;
    String before = null;
    for (Map.Entry<String, Entry> entry : sorted) {
      if (entry.getValue().begin() < end) {
        throw broken("tensor " + entry.getKey() + " overlaps tensor " + before);
      }
      if (entry.getValue().begin() > end) {
        throw broken(
            "there are "
                + (entry.getValue().begin() - end)
                + " unused bytes before tensor "
                + entry.getKey());
      }
      end = entry.getValue().end();
      before = entry.getKey();
    }
    if (end != size) {
      throw broken("there are " + (size - end) + " bytes after the last tensor");
    }
  }

  private SafeTensorsException broken(String what) {
    return new SafeTensorsException(file, what);
  }
}
