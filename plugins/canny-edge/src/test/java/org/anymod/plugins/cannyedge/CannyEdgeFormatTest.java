package org.anymod.plugins.cannyedge;

import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.spi.Modality;

class CannyEdgeFormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new CannyEdgeModality(new CannyConfig(1, 50, 100));
  }

  @Override
  protected double fileLoss() {
    return 0.5001 / 255;
  }
}
