package org.anymod.core.training.board;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Frames of a TFRecord file: length (8 bytes, little-endian), masked CRC-32C of the length (4), the
 * bytes, masked CRC-32C of the bytes (4).
 */
final class RecordFrame {
  private static final int MASK = 0xa282ead8;
  private static final int OVERHEAD = 16;

  private RecordFrame() {}

  static byte[] of(byte[] record) {
    ByteBuffer frame = ByteBuffer.allocate(record.length + OVERHEAD).order(ByteOrder.LITTLE_ENDIAN);
    frame.putLong(record.length);
    frame.putInt(maskedSum(frame.array(), 0, Long.BYTES));
    frame.put(record);
    frame.putInt(maskedSum(record, 0, record.length));
    return frame.array();
  }

  /** Rotated and shifted, so that a sum over data that holds sums is not degenerate. */
  static int maskedSum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }
}
