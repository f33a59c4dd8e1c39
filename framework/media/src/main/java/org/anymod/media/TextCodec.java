package org.anymod.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.anymod.spi.Codec;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;

/**
 * Texts in plain files or in JSON, possibly compressed with gzip; what a file holds is told from
 * its bytes.
 *
 * <p>Plain text is the whole file in UTF-8 less one line end at its end. JSON is a string, an
 * object that has the string under a given key, or a list of either, of which the first counts
 * unless lists are wanted. A file is taken for JSON if it begins like an object, a list of objects
 * or strings, or if it is as a whole a JSON string.
 */
public final class TextCodec implements Codec {
  private static final int MAX_BYTES = 1 << 20;
  private static final int GZIP_MAGIC = 0x8B1F;

  private final String key;
  private final boolean lists;

  /**
   * Creates a codec of which the first text of a list counts.
   *
   * @param key the key of the text in JSON objects
   */
  public TextCodec(String key) {
    this(key, false);
  }

  private TextCodec(String key, boolean lists) {
    this.key = key;
    this.lists = lists;
  }

  /**
   * Returns a codec that keeps all texts of a list: a list of two or more becomes a structured
   * document, a list of strings.
   *
   * @param key the key of the text in JSON objects
   * @return the codec
   */
  public static TextCodec ofLists(String key) {
    return new TextCodec(key, true);
  }

  @Override
  public List<String> extensions() {
    return List.of("txt", "json", "json.gz");
  }

  @Override
  public Value decode(byte[] bytes) throws InvalidDataException {
    byte[] plain = isGzip(bytes) ? unzip(bytes) : bytes;
    checkSize(plain.length);
    String text = characters(plain);
    String start = text.stripLeading();
    if (start.startsWith("{") || start.matches("(?s)\\[\\s*[\\[{\"\\]].*")) {
      return fromTree(Json.parse(plain));
    }
    if (start.startsWith("\"") && start.stripTrailing().endsWith("\"")) {
      try {
        return fromTree(Json.parse(plain));
      } catch (InvalidDataException e) {
        // A sentence between quotation marks that is no JSON string stands for itself.
        return new Value.Text(withoutLineEnd(text));
      }
    }
    return new Value.Text(withoutLineEnd(text));
  }

  /**
   * Writes plain text, or a JSON string where plain text would be read as something else; a list as
   * JSON.
   */
  @Override
  public byte[] encode(Value value) {
    if (value instanceof Value.Structured) {
      return Json.write(ValueTypes.texts(value));
    }
    String text = ValueTypes.text(value).text();
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    try {
      if (decode(plain).equals(value)) {
        return plain;
      }
    } catch (InvalidDataException e) {
      // The text looks like JSON and is none; below it is quoted.
      return Json.write(text);
    }
    return Json.write(text);
  }

  private Value fromTree(Object tree) throws InvalidDataException {
    if (!(tree instanceof List<?> list)) {
      return new Value.Text(one(tree));
    }
    if (list.isEmpty()) {
      throw new InvalidDataException("the list is empty, must hold at least one text");
    }
    if (!lists || list.size() == 1) {
      return new Value.Text(one(list.get(0)));
    }
    List<String> texts = new ArrayList<>();
    for (Object element : list) {
      texts.add(one(element));
    }
    return new Value.Structured(texts);
  }

  private String one(Object tree) throws InvalidDataException {
    Object found = tree;
    if (found instanceof Map<?, ?> object) {
      if (!object.containsKey(key)) {
        throw new InvalidDataException(
            "the object has the keys " + object.keySet() + ", must have '" + key + "'");
      }
      found = object.get(key);
    }
    if (found instanceof String text) {
      return text;
    }
    throw new InvalidDataException("the text is " + found + ", must be a JSON string");
  }

  private static boolean isGzip(byte[] bytes) {
    return bytes.length > 1 && ((bytes[0] & 0xFF) | (bytes[1] & 0xFF) << 8) == GZIP_MAGIC;
  }

  private static byte[] unzip(byte[] bytes) throws InvalidDataException {
    try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return stream.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new InvalidDataException("is a damaged gzip file: " + e.getMessage(), e);
    }
  }

  private static void checkSize(int length) throws InvalidDataException {
    if (length > MAX_BYTES) {
      throw new InvalidDataException(
          "the text is longer than the " + MAX_BYTES + " bytes that are allowed");
    }
  }

  private static String characters(byte[] bytes) throws InvalidDataException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidDataException("the text is not valid UTF-8: " + e.getMessage(), e);
    }
  }

  private static String withoutLineEnd(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
