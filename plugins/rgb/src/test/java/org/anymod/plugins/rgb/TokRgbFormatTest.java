package org.anymod.plugins.rgb;

import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.spi.Modality;

class TokRgbFormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new TokRgbModality();
  }

  @Override
  protected double fileLoss() {
    return 0.5001 / 255;
  }
}
