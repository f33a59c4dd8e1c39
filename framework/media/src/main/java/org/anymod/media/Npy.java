package org.anymod.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.anymod.spi.InvalidDataException;

/**
 * Reads and writes NumPy's {@code .npy} files, format versions 1 and 2 (NumPy enhancement proposal
 * 1). Plain numbers in C order only: pickled objects are refused, and all sizes are checked against
 * the bytes at hand before memory is taken.
 */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 1 << 16;
  private static final int ALIGNMENT = 64;

  private Npy() {}

  /**
   * Reads a file.
   *
   * @param bytes the whole file
   * @return the array
   * @throws InvalidDataException if the bytes are no such file, hold anything but plain
   *     little-endian numbers in C order, or are shorter or longer than the header says
   */
  public static NpyArray read(byte[] bytes) throws InvalidDataException {
    if (bytes.length < MAGIC.length + 4
        || !Arrays.equals(MAGIC, 0, MAGIC.length, bytes, 0, MAGIC.length)) {
      throw new InvalidDataException(
          "not a npy file: " + bytes.length + " bytes that do not start with \\x93NUMPY");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.position(MAGIC.length);
    int version = buffer.get() & 0xFF;
    buffer.get();
    NpyHeader header = NpyHeader.parse(headerText(buffer, version));
    long count = 1;
    for (int length : header.shape()) {
      // Stays below 2^62 because count never exceeds the number of bytes.
      count *= length;
      if (count > bytes.length) {
        throw wrongSize(header, buffer.remaining());
      }
    }
    if (count * header.type().bytes() != buffer.remaining()) {
      throw wrongSize(header, buffer.remaining());
    }
    Object data = header.type().read(buffer, (int) count);
    return new NpyArray(header.type(), header.shape(), data);
  }

  private static String headerText(ByteBuffer buffer, int version) throws InvalidDataException {
    if (version != 1 && version != 2) {
      throw new InvalidDataException("npy format version is " + version + ", allowed: 1, 2");
    }
    if (version == 2 && buffer.remaining() < Integer.BYTES) {
      throw new InvalidDataException("npy file ends inside its header length");
    }
    long length =
        version == 1
            ? Short.toUnsignedLong(buffer.getShort())
            : Integer.toUnsignedLong(buffer.getInt());
    if (length > MAX_HEADER || length > buffer.remaining()) {
      throw new InvalidDataException(
          "npy header claims "
              + length
              + " bytes, allowed: at most "
              + MAX_HEADER
              + " and at most the "
              + buffer.remaining()
              + " bytes that follow");
    }
    byte[] text = new byte[(int) length];
    buffer.get(text);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static InvalidDataException wrongSize(NpyHeader header, int remaining) {
    return new InvalidDataException(
        "npy header claims shape "
            + Arrays.toString(header.shape())
            + " of "
            + header.type().descriptor()
            + ", but "
            + remaining
            + " bytes of elements follow");
  }

  /**
   * Writes a file of format version 1.
   *
   * @param array the array
   * @return the whole file
   * @throws IllegalArgumentException if the file would be larger than a Java array can be
   */
  public static byte[] write(NpyArray array) {
    String text = new NpyHeader(array.type(), array.shape()).text();
    // Elements start at a multiple of 64 bytes so that others can map the file into memory.
    int prefix = MAGIC.length + 4;
    int length = (prefix + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - prefix;
    long total = prefix + length + (long) array.elements() * array.type().bytes();
    if (total > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a npy file of "
              + array
              + " needs "
              + total
              + " bytes, allowed: "
              + (Integer.MAX_VALUE - 8));
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) total).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) length);
    buffer.put(
        (text + " ".repeat(length - text.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
    array.type().write(array.data(), buffer);
    return buffer.array();
  }
}
