package org.anymod.plugins.rgb;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.spi.Modality;

class RgbFormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new RgbModality();
  }

  @Override
  protected double fileLoss() {
    return 0.5001 / 255;
  }

  @Override
  protected List<byte[]> otherFiles() {
    try {
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      ImageIO.write(new BufferedImage(9, 17, BufferedImage.TYPE_INT_RGB), "jpg", jpeg);
      return List.of(jpeg.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
