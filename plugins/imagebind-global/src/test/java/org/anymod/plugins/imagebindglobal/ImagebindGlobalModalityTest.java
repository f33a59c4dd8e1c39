package org.anymod.plugins.imagebindglobal;

import java.nio.file.Path;
import java.util.Optional;
import org.anymod.media.testing.FeatureVectorsPluginTest;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.Modality;

class ImagebindGlobalModalityTest extends FeatureVectorsPluginTest {
  @Override
  protected Modality modality(int width, int codes, Optional<Path> network) {
    return new ImagebindGlobalModality(
        new ImagebindGlobalConfig(
            width,
            codes,
            network.map(TorchScriptSettings::of).orElseGet(TorchScriptSettings::none)));
  }

  @Override
  protected Class<?> settings() {
    return ImagebindGlobalConfig.class;
  }

  @Override
  protected Published published() {
    return new Published("imagebind_global", 12099, 1280);
  }
}
