package org.anymod.networks.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.anymod.spi.InvalidDataException;

/**
 * Reads values of a JSON document; complaints name the file, the key, what was found and what is
 * allowed.
 */
final class JsonChecks {
  private static final int SHOWN_CHARACTERS = 60;

  private final String file;

  JsonChecks(String file) {
    this.file = file;
  }

  InvalidDataException fault(String key, String problem) {
    return new InvalidDataException(file + ": " + (key.isEmpty() ? "" : key + ": ") + problem);
  }

  void object(JsonNode node, String at) throws InvalidDataException {
    if (!node.isObject()) {
      throw fault(at, "found " + shown(node) + ", expected an object {...}");
    }
  }

  JsonNode child(JsonNode parent, String at, String key) throws InvalidDataException {
    JsonNode node = value(parent, key);
    object(node, path(at, key));
    return node;
  }

  JsonNode list(JsonNode parent, String key) throws InvalidDataException {
    JsonNode node = value(parent, key);
    if (!node.isArray()) {
      throw fault(key, "found " + shown(node) + ", expected a list [...]");
    }
    return node;
  }

  void onlyKeys(JsonNode node, String at, String... allowed) throws InvalidDataException {
    List<String> known = Arrays.asList(allowed);
    for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!known.contains(key)) {
        throw fault(path(at, key), "unknown key, allowed are " + String.join(", ", known));
      }
    }
  }

  boolean isAbsent(JsonNode parent, String key) {
    JsonNode node = value(parent, key);
    return node.isMissingNode() || node.isNull();
  }

  void absent(JsonNode parent, String at, String key) throws InvalidDataException {
    if (!isAbsent(parent, key)) {
      throw fault(path(at, key), "found " + shown(value(parent, key)) + ", only null is supported");
    }
  }

  void text(JsonNode parent, String at, String key, String allowed) throws InvalidDataException {
    JsonNode node = value(parent, key);
    if (!node.isTextual() || !node.textValue().equals(allowed)) {
      throw fault(
          path(at, key), "found " + shown(node) + ", only \"" + allowed + "\" is supported");
    }
  }

  boolean flag(JsonNode parent, String at, String key) throws InvalidDataException {
    JsonNode node = value(parent, key);
    if (!node.isBoolean()) {
      throw fault(path(at, key), "found " + shown(node) + ", expected true or false");
    }
    return node.booleanValue();
  }

  void flag(JsonNode parent, String at, String key, boolean allowed) throws InvalidDataException {
    if (flag(parent, at, key) != allowed) {
      throw fault(path(at, key), "found " + !allowed + ", only " + allowed + " is supported");
    }
  }

  int number(JsonNode parent, String at, String key, int least, int most)
      throws InvalidDataException {
    JsonNode node = value(parent, key);
    if (!node.isIntegralNumber()
        || !node.canConvertToInt()
        || node.intValue() < least
        || node.intValue() > most) {
      throw fault(
          path(at, key),
          "found " + shown(node) + ", allowed are whole numbers from " + least + " to " + most);
    }
    return node.intValue();
  }

  private static JsonNode value(JsonNode parent, String key) {
    return parent.path(key);
  }

  private static String path(String at, String key) {
    return at.isEmpty() ? key : at + "." + key;
  }

  private static String shown(JsonNode node) {
    if (node.isMissingNode()) {
      return "nothing";
    }
    if (node.isContainerNode() && node.has(TokenizerJson.TYPE)) {
      return "{\"type\": " + shown(node.get(TokenizerJson.TYPE)) + ", ...}";
    }
    if (node.isContainerNode()) {
      return node.isArray() ? "a list" : "an object";
    }
    String text = node.toString();
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
  }
}
