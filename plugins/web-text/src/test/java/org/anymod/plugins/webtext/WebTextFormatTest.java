package org.anymod.plugins.webtext;

import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.spi.Modality;

class WebTextFormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new WebTextModality(new WebTextConfig(0));
  }
}
