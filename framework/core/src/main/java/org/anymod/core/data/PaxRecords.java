package org.anymod.core.data;

import java.nio.charset.StandardCharsets;

/**
 * The records of a pax extended header that matter here, {@code "<length> <key>=<value>\n"} each.
 *
 * @param path long path of the next entry, or null
 * @param size size of the next entry, or -1
 * @param isBroken whether the records are malformed or make the next entry a sparse file
 */
record PaxRecords(String path, long size, boolean isBroken) {
  private static final PaxRecords BROKEN = new PaxRecords(null, -1, true);

  static PaxRecords parse(byte[] bytes) {
    String path = null;
    long size = -1;
    int at = 0;
    while (at < bytes.length) {
      int space = find(bytes, at, ' ');
      long length = space < 0 ? -1 : number(ascii(bytes, at, space));
      int end = (int) Math.min(at + length, bytes.length + 1L);
      int equals = space < 0 ? -1 : find(bytes, space, '=');
      if (length < 0
          || end > bytes.length
          || equals < 0
          || equals >= end
          || bytes[end - 1] != '\n') {
        return BROKEN;
      }
      String key = ascii(bytes, space + 1, equals);
      String value = new String(bytes, equals + 1, end - 1 - (equals + 1), StandardCharsets.UTF_8);
      if (key.startsWith("GNU.sparse")) {
        return BROKEN;
      } else if (key.equals("path")) {
        path = value;
      } else if (key.equals("size")) {
        size = number(value);
        if (size < 0) {
          return BROKEN;
        }
      }
      at = end;
    }
    return new PaxRecords(path, size, false);
  }

  private static int find(byte[] bytes, int from, char wanted) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static String ascii(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static long number(String digits) {
    return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : -1;
  }
}
