package org.anymod.core.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One 512-byte header of a tar file (POSIX.1-1988 ustar, with GNU's base-256 sizes).
 *
 * @param name path of the entry
 * @param size bytes of the payload; negative if the field is unreadable
 * @param type the type flag
 */
record TarHeader(String name, long size, char type) {
  static final int BLOCK = 512;
  private static final int NAME_BYTES = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_BYTES = 12;
  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM_BYTES = 8;
  private static final int TYPE_AT = 156;
  private static final int MAGIC_AT = 257;
  private static final int PREFIX_AT = 345;
  private static final int PREFIX_BYTES = 155;
  private static final byte[] POSIX_MAGIC = {'u', 's', 't', 'a', 'r', 0};

  static TarHeader parse(byte[] block) {
    String name = text(block, 0, NAME_BYTES);
    boolean posix =
        Arrays.equals(
            block, MAGIC_AT, MAGIC_AT + POSIX_MAGIC.length, POSIX_MAGIC, 0, POSIX_MAGIC.length);
    if (posix && block[PREFIX_AT] != 0) {
      name = text(block, PREFIX_AT, PREFIX_BYTES) + "/" + name;
    }
    return new TarHeader(name, number(block, SIZE_AT, SIZE_BYTES), (char) (block[TYPE_AT] & 0xFF));
  }

  static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns whether the sum of all bytes, the sum's own field taken as spaces, is the one written
   * in the header.
   */
  static boolean checksumMatches(byte[] block) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean own = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES;
      sum += own ? ' ' : block[i] & 0xFF;
    }
    return sum == number(block, CHECKSUM_AT, CHECKSUM_BYTES);
  }

  boolean isFile() {
    return type == '0' || type == 0 || type == '7';
  }

  private static String text(byte[] block, int from, int length) {
    int end = from;
    while (end < from + length && block[end] != 0) {
      end++;
    }
    return new String(block, from, end - from, StandardCharsets.UTF_8);
  }

  private static long number(byte[] block, int from, int length) {
    if ((block[from] & 0x80) != 0) {
      return base256(block, from, length);
    }
    int at = from;
    int end = from + length;
    while (at < end && block[at] == ' ') {
      at++;
    }
    long value = 0;
    int digits = 0;
    for (; at < end && block[at] >= '0' && block[at] <= '7'; at++, digits++) {
      value = value * 8 + (block[at] - '0');
    }
    boolean closed = at == end || block[at] == 0 || block[at] == ' ';
    return closed && digits > 0 ? value : -1;
  }

  private static long base256(byte[] block, int from, int length) {
    // The leading bytes must be zero but for the marker bit; 7 bytes are more than any file has.
    long value = block[from] & 0x7F;
    for (int i = from + 1; i < from + length; i++) {
      if (value >>> 48 != 0) {
        return -1;
      }
      value = value << 8 | (block[i] & 0xFF);
    }
    return value;
  }
}
