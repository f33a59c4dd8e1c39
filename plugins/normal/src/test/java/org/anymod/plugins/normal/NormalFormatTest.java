package org.anymod.plugins.normal;

import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.Modality;

class NormalFormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new NormalModality(new NormalConfig(true, TorchScriptSettings.none()));
  }

  @Override
  protected double fileLoss() {
    return 1.0001 / 255;
  }
}
