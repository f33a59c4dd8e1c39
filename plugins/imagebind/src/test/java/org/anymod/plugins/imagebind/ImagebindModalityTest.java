package org.anymod.plugins.imagebind;

import java.nio.file.Path;
import java.util.Optional;
import org.anymod.media.testing.FeatureMapsPluginTest;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.Modality;

class ImagebindModalityTest extends FeatureMapsPluginTest {
  @Override
  protected Modality modality(int width, Optional<Path> network) {
    return new ImagebindModality(
        new ImagebindConfig(
            width, network.map(TorchScriptSettings::of).orElseGet(TorchScriptSettings::none)));
  }

  @Override
  protected Class<?> settings() {
    return ImagebindConfig.class;
  }

  @Override
  protected Published published() {
    return new Published("imagebind", 14, 6200, 1280);
  }
}
