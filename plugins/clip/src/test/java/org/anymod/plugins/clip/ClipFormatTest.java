package org.anymod.plugins.clip;

import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.Modality;

class ClipFormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new ClipModality(new ClipConfig(12, TorchScriptSettings.none()));
  }

  @Override
  protected int inputSide() {
    return 2;
  }
}
