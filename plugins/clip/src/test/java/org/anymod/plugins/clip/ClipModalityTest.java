package org.anymod.plugins.clip;

import java.nio.file.Path;
import java.util.Optional;
import org.anymod.media.testing.FeatureMapsPluginTest;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.Modality;

class ClipModalityTest extends FeatureMapsPluginTest {
  @Override
  protected Modality modality(int width, Optional<Path> network) {
    return new ClipModality(
        new ClipConfig(
            width, network.map(TorchScriptSettings::of).orElseGet(TorchScriptSettings::none)));
  }

  @Override
  protected Class<?> settings() {
    return ClipConfig.class;
  }

  @Override
  protected Published published() {
    return new Published("clip", 16, 11422, 512);
  }
}
