package org.anymod.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs kernel sources into the archive form that the engine loads: a zip of stored entries with
 * the source text, a pickled module object without state, an empty table of constants and a
 * version.
 */
final class KernelArchive {
  private KernelArchive() {}

  static byte[] pack(String className, String... sources) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      store(zip, "kernels/data.pkl", moduleObject(className));
      store(zip, "kernels/code/__torch__.py", moduleSource(className, sources));
      // Pickle protocol 2 of an empty tuple.
      store(zip, "kernels/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      store(zip, "kernels/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /**
   * Pickle: an instance of the class with the one attribute that the loader asks for, {@code
   * training = True}.
   */
  private static byte[] moduleObject(String className) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] attribute = "training".getBytes(StandardCharsets.US_ASCII);
    byte[] global = ("c__torch__\n" + className + "\n").getBytes(StandardCharsets.US_ASCII);
    out.writeBytes(new byte[] {(byte) 0x80, 2});
    out.writeBytes(global);
    out.writeBytes(new byte[] {')', (byte) 0x81, '}', '('});
    out.writeBytes(new byte[] {'X', (byte) attribute.length, 0, 0, 0});
    out.writeBytes(attribute);
    out.writeBytes(new byte[] {(byte) 0x88, 'u', 'b', '.'});
    return out.toByteArray();
  }

  private static byte[] moduleSource(String className, String... sources) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("class ").append(className).append("(Module):\n");
    text.append("  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
    String self = "self: __torch__." + className;
    for (String source : sources) {
      for (String line : read(source).split("\n")) {
        if (line.isBlank() || line.strip().startsWith("#")) {
          continue;
        }
        text.append("  ")
            .append(line.startsWith("def ") ? line.replace("(self,", "(" + self + ",") : line);
        text.append('\n');
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String read(String source) throws IOException {
    String path = "kernels/" + source + ".py";
    try (InputStream in = KernelArchive.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("kernel source " + path + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
