package org.anymod.architecture;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The string literals of a class file: JVM specification, section 4.4. */
final class StringConstants {
  private static final int UTF8 = 1;
  private static final int STRING = 8;

  private StringConstants() {}

  static Set<String> of(InputStream classFile) throws IOException {
    DataInputStream in = new DataInputStream(classFile);
    in.skipNBytes(8);
    int count = in.readUnsignedShort();
    Map<Integer, String> texts = new HashMap<>();
    Set<Integer> strings = new LinkedHashSet<>();
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      if (tag == UTF8) {
        texts.put(i, in.readUTF());
      } else if (tag == STRING) {
        strings.add(in.readUnsignedShort());
      } else {
        in.skipNBytes(size(tag));
        // Long and double take two places in the table.
        i += tag == 5 || tag == 6 ? 1 : 0;
      }
    }
    Set<String> found = new LinkedHashSet<>();
    strings.forEach(index -> found.add(texts.get(index)));
    return found;
  }

  private static int size(int tag) {
    return switch (tag) {
      case 7, 16, 19, 20 -> 2;
      case 15 -> 3;
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
      case 5, 6 -> 8;
      default -> throw new IllegalArgumentException("unknown tag " + tag + " in a class file");
    };
  }
}
