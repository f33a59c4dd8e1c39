package org.anymod.media.pickle;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.anymod.spi.InvalidDataException;

/** The type of an array's elements: little-endian numbers, or objects. */
final class PickledType {
  private static final Set<String> CODES =
      Set.of("b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "f4", "f8", "O", "O8");

  private final String code;

  PickledType(String code) throws InvalidDataException {
    // NumPy writes the byte order into the state that follows; some versions here as well.
    String bare = code.startsWith("<") || code.startsWith("|") ? code.substring(1) : code;
    if (!CODES.contains(bare)) {
      throw new InvalidDataException("element type '" + code + "' is none of " + ordered());
    }
    this.code = bare;
  }

  private static List<String> ordered() {
    return CODES.stream().sorted().toList();
  }

  /** Takes the state of a dtype: version, byte order, and what only compound types have. */
  void order(Object order) throws InvalidDataException {
    if (!"<".equals(order) && !"|".equals(order) && !"=".equals(order)) {
      throw new InvalidDataException("byte order is '" + order + "', must be '<' or '|'");
    }
  }

  boolean objects() {
    return code.startsWith("O");
  }

  /** Bytes of an element. */
  int width() {
    return objects() ? 8 : code.charAt(1) - '0';
  }

  double number(ByteBuffer bytes, int index) {
    int at = index * width();
    return switch (code) {
      case "b1", "u1" -> bytes.get(at) & 0xFF;
      case "i1" -> bytes.get(at);
      case "i2" -> bytes.getShort(at);
      case "u2" -> bytes.getShort(at) & 0xFFFF;
      case "i4" -> bytes.getInt(at);
      case "u4" -> Integer.toUnsignedLong(bytes.getInt(at));
      case "i8" -> bytes.getLong(at);
      case "f4" -> bytes.getFloat(at);
      case "f8" -> bytes.getDouble(at);
      default -> throw new IllegalStateException("elements of type " + code + " are no numbers");
    };
  }

  @Override
  public String toString() {
    return code;
  }
}
