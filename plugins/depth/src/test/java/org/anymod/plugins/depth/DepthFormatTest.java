package org.anymod.plugins.depth;

import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.Modality;

class DepthFormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new DepthModality(new DepthConfig(TorchScriptSettings.none()));
  }

  @Override
  protected double fileLoss() {
    return 0.5001 / 65535;
  }
}
