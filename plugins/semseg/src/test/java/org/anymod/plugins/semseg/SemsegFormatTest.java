package org.anymod.plugins.semseg;

import java.util.List;
import java.util.OptionalInt;
import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.Modality;

class SemsegFormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new SemsegModality(
        new SemsegConfig(
            List.of("sky", "ground", "box"), OptionalInt.empty(), TorchScriptSettings.none()));
  }
}
