package org.anymod.plugins.imagebind;

import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.Modality;

class ImagebindFormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new ImagebindModality(new ImagebindConfig(12, TorchScriptSettings.none()));
  }

  @Override
  protected int inputSide() {
    return 2;
  }
}
