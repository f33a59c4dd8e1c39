package org.anymod.core.tokenize;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.anymod.core.data.Entry;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Codec;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;

/**
 * Values of text-like modalities as they are stored for training. Where all crops of a sample have
 * the same text, such as a caption, that is the file which the modality's codec writes. Where each
 * has its own, such as boxes, it is one JSON list with an element for each crop: the document that
 * the codec writes if that is JSON, else a string with its bytes in base 64.
 */
public final class StoredTexts {
  private static final String JSON = "json";
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(100)
                  .maxStringLength(64 << 20)
                  .build())
          .build();

  private StoredTexts() {}

  static Entry pack(UsedModality modality, String name, List<? extends Value> values) {
    Codec codec = modality.modality().codec();
    String extension = codec.extensions().get(0);
    if (!modality.isTextPerCrop()) {
      return new Entry(name + "." + extension, codec.encode(values.get(0)));
    }
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    for (Value value : values) {
      list.write(list.size() == 0 ? '[' : ',');
      byte[] document = codec.encode(value);
      list.writeBytes(extension.equals(JSON) ? document : quoted(document));
    }
    list.write(']');
    return new Entry(name + "." + JSON, list.toByteArray());
  }

  private static byte[] quoted(byte[] document) {
    String text = '"' + Base64.getEncoder().encodeToString(document) + '"';
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Returns the value of one crop.
   *
   * @param modality the modality
   * @param bytes what was stored
   * @param crop number of the crop
   * @return the value
   * @throws InvalidDataException if the bytes are not what {@code tokenize} writes, or there are
   *     fewer crops
   */
  public static Value crop(UsedModality modality, byte[] bytes, int crop)
      throws InvalidDataException {
    Codec codec = modality.modality().codec();
    if (!modality.isTextPerCrop()) {
      return codec.decode(bytes);
    }
    boolean isJson = codec.extensions().get(0).equals(JSON);
    return codec.decode(element(bytes, crop, isJson));
  }

  private static byte[] element(byte[] bytes, int crop, boolean isJson)
      throws InvalidDataException {
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new InvalidDataException("is no JSON list with an element for each crop");
      }
      for (int i = 0; i <= crop; i++) {
        JsonToken token = parser.nextToken();
        if (token == null || token == JsonToken.END_ARRAY) {
          throw new InvalidDataException("has " + i + " crops, crop " + crop + " is not in it");
        }
        if (i == crop) {
          return isJson ? document(parser, bytes) : unquoted(parser);
        }
        parser.skipChildren();
      }
      throw new IllegalStateException("crop " + crop + " is negative");
    } catch (JsonProcessingException e) {
      throw new InvalidDataException("is no JSON list: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new InvalidDataException("cannot be read: " + e.getMessage(), e);
    }
  }

  /** The bytes of the element that the parser has just begun. */
  private static byte[] document(JsonParser parser, byte[] bytes) throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    if (parser.currentToken().isStructStart()) {
      parser.skipChildren();
    } else {
      parser.getText();
    }
    return Arrays.copyOfRange(bytes, from, (int) parser.currentLocation().getByteOffset());
  }

  private static byte[] unquoted(JsonParser parser) throws IOException, InvalidDataException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new InvalidDataException("an element is no string, must be a file in base 64");
    }
    try {
      return Base64.getDecoder().decode(parser.getText());
    } catch (IllegalArgumentException e) {
      throw new InvalidDataException("an element is not in base 64: " + e.getMessage(), e);
    }
  }
}
