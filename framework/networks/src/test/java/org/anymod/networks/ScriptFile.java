package org.anymod.networks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A tiny feature network in a TorchScript file. */
public final class ScriptFile {
  /** Two features: means of 2 x 2 pixels as a map, and rows of pixels as tokens. */
  private static final String NETWORK =
      """
      class Net(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def forward(self: __torch__.Net, x: Tensor) -> Tuple[Tensor, Tensor]:
          return (torch.avg_pool2d(x, [2, 2]), torch.flatten(torch.transpose(x, 1, 2), 2))
      """;

  private ScriptFile() {}

  /** Writes the network. */
  public static void write(Path file) throws IOException {
    write(file, NETWORK);
  }

  /** Writes a network whose source is that of a class named Net. */
  public static void write(Path file, String network) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setMethod(ZipOutputStream.STORED);
      store(zip, "net/data.pkl", module());
      store(zip, "net/code/__torch__.py", network.getBytes(StandardCharsets.UTF_8));
      store(zip, "net/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      store(zip, "net/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Pickle of an instance of the class whose only attribute is training = True. */
  private static byte[] module() {
    String head = "\u0080\u0002c__torch__\nNet\n)\u0081}(X";
    String text = head + "\b\0\0\0training\u0088ub.";
    return text.getBytes(StandardCharsets.ISO_8859_1);
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
}
