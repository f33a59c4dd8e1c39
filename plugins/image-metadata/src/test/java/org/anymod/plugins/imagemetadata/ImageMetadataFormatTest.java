package org.anymod.plugins.imagemetadata;

import java.util.Random;
import org.anymod.media.fields.RandomFields;
import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;

class ImageMetadataFormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new ImageMetadataModality(new ImageMetadataConfig(false));
  }

  @Override
  protected Value draw(Random random, int round) {
    return RandomFields.draw(modality(), random, round);
  }

  @Override
  protected void checkTold(Value value, Value read) {
    RandomFields.checkTold(modality(), value, read);
  }
}
