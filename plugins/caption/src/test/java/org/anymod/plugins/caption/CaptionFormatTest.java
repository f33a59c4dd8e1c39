package org.anymod.plugins.caption;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.spi.Modality;

class CaptionFormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new CaptionModality(CaptionConfig.withoutClasses());
  }

  @Override
  protected List<byte[]> otherFiles() {
    byte[] json = "[{\"caption\": \"a dog\"}, \"b\"]".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(json, packed.toByteArray());
  }
}
