package org.anymod.media;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.spi.InvalidDataException;

/**
 * JSON documents from untrusted bytes, as trees of {@code Map} (in file order), {@code List},
 * {@code String}, {@code Long}, {@code Double}, {@code Boolean} and null, and back.
 */
public final class Json {
  /** Largest document in bytes. */
  public static final int MAX_BYTES = 16 << 20;

  /** Deepest nesting of lists and objects. */
  public static final int MAX_DEPTH = 64;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(64)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private Json() {}

  /**
   * Reads a document.
   *
   * @param bytes one JSON value, in UTF-8 unless a byte order mark says otherwise
   * @return the tree
   * @throws InvalidDataException if the bytes are no JSON, an object has a key twice, a number is
   *     too large, anything follows the value, or a limit is exceeded; the message has line and
   *     column
   */
  public static Object parse(byte[] bytes) throws InvalidDataException {
    if (bytes.length > MAX_BYTES) {
      throw new InvalidDataException(
          "the JSON has " + bytes.length + " bytes, at most " + MAX_BYTES + " are allowed");
    }
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      if (parser.nextToken() == null) {
        throw new InvalidDataException("the file is empty, must be a JSON document");
      }
      Object tree = value(parser);
      if (parser.nextToken() != null) {
        throw error(
            parser.currentTokenLocation(), "more follows the end of the JSON document", null);
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw error(e.getLocation(), e.getOriginalMessage(), e);
    } catch (IOException e) {
      // Text that is not valid in its encoding.
      throw new InvalidDataException("the JSON cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Writes a document on one line.
   *
   * @param tree maps with string keys, lists, strings, numbers, booleans and nulls
   * @return the document in UTF-8, ASCII characters only
   * @throws IllegalArgumentException if the tree holds anything else or a number that is not finite
   */
  public static byte[] write(Object tree) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
      write(generator, tree);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static Object value(JsonParser parser) throws IOException, InvalidDataException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw error(
              parser.currentTokenLocation(), "found " + token + " where a value must be", null);
    };
  }

  private static Map<String, Object> object(JsonParser parser)
      throws IOException, InvalidDataException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      object.put(key, value(parser));
    }
    return object;
  }

  private static List<Object> list(JsonParser parser) throws IOException, InvalidDataException {
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(parser));
    }
    return list;
  }

  private static Double number(JsonParser parser) throws IOException, InvalidDataException {
    double number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw error(
          parser.currentTokenLocation(), "number " + parser.getText() + " is too large", null);
    }
    return number;
  }

  private static InvalidDataException error(JsonLocation where, String what, Throwable cause) {
    String place =
        where == null ? "" : "line " + where.getLineNr() + ", column " + where.getColumnNr() + ": ";
    return new InvalidDataException(place + what, cause);
  }

  private static void write(JsonGenerator generator, Object tree) throws IOException {
    if (tree == null) {
      generator.writeNull();
    } else if (tree instanceof Map<?, ?> map) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        generator.writeFieldName((String) entry.getKey());
        write(generator, entry.getValue());
      }
      generator.writeEndObject();
    } else if (tree instanceof List<?> list) {
      generator.writeStartArray();
      for (Object element : list) {
        write(generator, element);
      }
      generator.writeEndArray();
    } else if (tree instanceof String text) {
      generator.writeString(text);
    } else if (tree instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else if (tree instanceof Number number) {
      write(generator, number);
    } else {
      throw new IllegalArgumentException("a JSON tree cannot hold " + tree.getClass().getName());
    }
  }

  private static void write(JsonGenerator generator, Number number) throws IOException {
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw new IllegalArgumentException(
            "number " + number + " is not finite, JSON cannot hold it");
      }
      generator.writeNumber(number.doubleValue());
    } else {
      generator.writeNumber(number.longValue());
    }
  }
}
