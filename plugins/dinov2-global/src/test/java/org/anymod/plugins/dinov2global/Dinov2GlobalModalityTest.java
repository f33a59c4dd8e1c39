package org.anymod.plugins.dinov2global;

import java.nio.file.Path;
import java.util.Optional;
import org.anymod.media.testing.FeatureVectorsPluginTest;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.Modality;

class Dinov2GlobalModalityTest extends FeatureVectorsPluginTest {
  @Override
  protected Modality modality(int width, int codes, Optional<Path> network) {
    return new Dinov2GlobalModality(
        new Dinov2GlobalConfig(
            width,
            codes,
            network.map(TorchScriptSettings::of).orElseGet(TorchScriptSettings::none)));
  }

  @Override
  protected Class<?> settings() {
    return Dinov2GlobalConfig.class;
  }

  @Override
  protected Published published() {
    return new Published("dinov2_global", 29172, 768);
  }
}
