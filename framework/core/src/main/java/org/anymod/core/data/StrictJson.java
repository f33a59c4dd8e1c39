package org.anymod.core.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * JSON files of our own records: every key must be there and known, and the file is limited in
 * size.
 */
public final class StrictJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(20)
                          .maxStringLength(100_000)
                          .maxNameLength(1_000)
                          .maxNumberLength(50)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private StrictJson() {}

  /**
   * Reads a file.
   *
   * @param <T> type of the record
   * @param file the file
   * @param type the record
   * @param maxBytes size above which it is not read
   * @return what it holds
   * @throws DatasetException if it is missing, too large or malformed; the message names the line
   * @throws IOException if it can't be read
   */
  public static <T> T read(Path file, Class<T> type, long maxBytes) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DatasetException(file + " is missing");
    }
    if (Files.size(file) > maxBytes) {
      throw new DatasetException(
          file + " has " + Files.size(file) + " bytes, allowed: at most " + maxBytes);
    }
    try {
      T value = MAPPER.readValue(Files.readAllBytes(file), type);
      if (value == null) {
        throw new DatasetException(file + " holds null");
      }
      return value;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new DatasetException(file + ":" + line + ": " + e.getOriginalMessage(), e);
    }
  }

  /** A text of one line, from elsewhere than a file of its own. */
  static <T> T parse(String text, Class<T> type, String place) throws DatasetException {
    try {
      T value = MAPPER.readValue(text, type);
      if (value == null) {
        throw new DatasetException(place + " holds null");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new DatasetException(place + ": " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Returns a record as one line.
   *
   * @param value the record
   * @return the text that is read back with the same type
   */
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(value.getClass().getSimpleName() + " is no JSON", e);
    }
  }

  /**
   * Writes a file, whole or not at all.
   *
   * @param file the file, overwritten if it exists; its folder must exist
   * @param value the record
   * @throws IOException if it can't be written
   */
  public static void write(Path file, Object value) throws IOException {
    DefaultPrettyPrinter.Indenter indenter = new DefaultIndenter("  ", "\n");
    ObjectWriter writer =
        MAPPER.writer(
            new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
    String text = writer.writeValueAsString(value) + "\n";
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
