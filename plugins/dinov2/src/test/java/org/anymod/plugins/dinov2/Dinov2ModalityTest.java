package org.anymod.plugins.dinov2;

import java.nio.file.Path;
import java.util.Optional;
import org.anymod.media.testing.FeatureMapsPluginTest;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.Modality;

class Dinov2ModalityTest extends FeatureMapsPluginTest {
  @Override
  protected Modality modality(int width, Optional<Path> network) {
    return new Dinov2Modality(
        new Dinov2Config(
            width, network.map(TorchScriptSettings::of).orElseGet(TorchScriptSettings::none)));
  }

  @Override
  protected Class<?> settings() {
    return Dinov2Config.class;
  }

  @Override
  protected Published published() {
    return new Published("dinov2", 14, 26275, 768);
  }
}
