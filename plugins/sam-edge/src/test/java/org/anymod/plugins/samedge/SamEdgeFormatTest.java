package org.anymod.plugins.samedge;

import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.spi.Modality;

class SamEdgeFormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new SamEdgeModality();
  }

  @Override
  protected double fileLoss() {
    return 0.5001 / 255;
  }
}
