package org.anymod.plugins.dinov2;

import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.Modality;

class Dinov2FormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new Dinov2Modality(new Dinov2Config(12, TorchScriptSettings.none()));
  }

  @Override
  protected int inputSide() {
    return 2;
  }
}
