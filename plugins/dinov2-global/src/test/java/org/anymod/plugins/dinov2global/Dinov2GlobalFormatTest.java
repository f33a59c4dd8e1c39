package org.anymod.plugins.dinov2global;

import java.util.Map;
import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.Modality;

class Dinov2GlobalFormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new Dinov2GlobalModality(new Dinov2GlobalConfig(20, 4, TorchScriptSettings.none()));
  }

  @Override
  protected Map<String, Object> tokenizerSettings() {
    return Map.of("encoder", "BottleneckMLP/B_1-Wi_16", "latent", 8);
  }
}
