package org.anymod.media.pickle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.anymod.spi.InvalidDataException;

/** The bytes of a pickle with the place that was read up to; every length is checked first. */
final class PickleInput {
  private static final int LONGEST_LINE = 256;

  private final ByteBuffer bytes;

  PickleInput(ByteBuffer bytes) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  int offset() {
    return bytes.position();
  }

  /** Bytes in all. */
  int size() {
    return bytes.limit();
  }

  int remaining() {
    return bytes.remaining();
  }

  int u1() throws InvalidDataException {
    need(1);
    return bytes.get() & 0xFF;
  }

  int u2() throws InvalidDataException {
    need(2);
    return bytes.getShort() & 0xFFFF;
  }

  int s4() throws InvalidDataException {
    need(4);
    return bytes.getInt();
  }

  long u4() throws InvalidDataException {
    return Integer.toUnsignedLong(s4());
  }

  long s8() throws InvalidDataException {
    need(8);
    return bytes.getLong();
  }

  double bigEndianDouble() throws InvalidDataException {
    return Double.longBitsToDouble(Long.reverseBytes(s8()));
  }

  /** A view of the next bytes, not a copy. */
  ByteBuffer bytes(long count) throws InvalidDataException {
    need(count);
    ByteBuffer part = bytes.slice(bytes.position(), (int) count);
    bytes.position(bytes.position() + (int) count);
    return part.order(ByteOrder.LITTLE_ENDIAN);
  }

  String text(long count) throws InvalidDataException {
    ByteBuffer part = bytes(count);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidDataException("offset " + offset() + ": text is not UTF-8", e);
    }
  }

  /** Text up to the end of a line. */
  String line() throws InvalidDataException {
    StringBuilder line = new StringBuilder();
    int c = u1();
    while (c != '\n') {
      if (line.length() == LONGEST_LINE) {
        throw new InvalidDataException(
            "offset " + offset() + ": a name is longer than " + LONGEST_LINE + " characters");
      }
      line.append((char) c);
      c = u1();
    }
    return line.toString();
  }

  private void need(long count) throws InvalidDataException {
    if (count < 0 || count > bytes.remaining()) {
      throw new InvalidDataException(
          "offset "
              + offset()
              + ": "
              + Long.toUnsignedString(count)
              + " bytes are announced, "
              + bytes.remaining()
              + " follow");
    }
  }
}
