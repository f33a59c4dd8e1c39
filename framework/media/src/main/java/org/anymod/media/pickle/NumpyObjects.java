package org.anymod.media.pickle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anymod.spi.InvalidDataException;

/**
 * Files of {@code numpy.save} with an array of Python objects, from untrusted bytes. What comes out
 * are lists, maps from {@code String}, texts, {@code Long}, {@code Double}, {@code Boolean}, null
 * and {@link PickledArray}; anything else in the file is refused with its place. A list may stand
 * at several places, even in itself, as in Python: who walks through it counts.
 */
public final class NumpyObjects {
  /** Largest file in bytes. */
  public static final int MAX_BYTES = 64 << 20;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '\\|O', 'fortran_order': (?:False|True), 'shape': \\((\\d{1,9}),\\), \\} *\n");

  private NumpyObjects() {}

  /**
   * Reads a file.
   *
   * @param bytes the whole file
   * @return the objects of the array, which has one axis
   * @throws InvalidDataException if the bytes are no such file, or call or hold anything but data
   */
  public static List<Object> read(byte[] bytes) throws InvalidDataException {
    if (bytes.length > MAX_BYTES) {
      throw new InvalidDataException(
          "the file has " + bytes.length + " bytes, at most " + MAX_BYTES + " are allowed");
    }
    ByteBuffer file = ByteBuffer.wrap(bytes);
    int count = header(file);
    Object array = new PickleMachine(new PickleInput(file)).run();
    if (!(array instanceof PickledArray objects)
        || !Arrays.equals(objects.shape(), new int[] {count})) {
      throw new InvalidDataException(
          "the pickle does not hold the array of " + count + " objects that the header announces");
    }
    return objects.objects();
  }

  private static int header(ByteBuffer file) throws InvalidDataException {
    int prefix = MAGIC.length + Short.BYTES;
    if (file.remaining() < prefix || !Arrays.equals(MAGIC, 0, 8, file.array(), 0, 8)) {
      throw new InvalidDataException(
          "not a npy file of version 1: " + file.remaining() + " bytes that begin otherwise");
    }
    int length = (file.get(8) & 0xFF) | (file.get(9) & 0xFF) << 8;
    if (length > file.remaining() - prefix) {
      throw new InvalidDataException("the file ends inside its header");
    }
    String text = new String(file.array(), prefix, length, StandardCharsets.ISO_8859_1);
    Matcher matcher = HEADER.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidDataException(
          "the npy header is " + text.strip() + ", must be of an array of objects with one axis");
    }
    file.position(prefix + length);
    return Integer.parseInt(matcher.group(1));
  }
}
