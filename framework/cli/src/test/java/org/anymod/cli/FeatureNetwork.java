package org.anymod.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A network in a TorchScript file whose features are the means of the first two channels. */
final class FeatureNetwork {
  private static final String SOURCE =
      """
      class Net(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def forward(self: __torch__.Net, x: Tensor) -> Tensor:
          y = torch.mean(x, [2, 3])
          return torch.slice(y, 1, 0, 2, 1)
      """;

  /** Pickle of an instance of the class whose only attribute is training = True. */
  private static final String MODULE =
      "\u0080\u0002c__torch__\nNet\n)\u0081}(X\b\0\0\0training\u0088ub.";

  private FeatureNetwork() {}

  static Path write(Path file) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setMethod(ZipOutputStream.STORED);
      store(zip, "net/data.pkl", MODULE);
      store(zip, "net/code/__torch__.py", SOURCE);
      store(zip, "net/constants.pkl", "\u0080\u0002).");
      store(zip, "net/version", "3\n");
    }
    return file;
  }

  private static void store(ZipOutputStream zip, String name, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
