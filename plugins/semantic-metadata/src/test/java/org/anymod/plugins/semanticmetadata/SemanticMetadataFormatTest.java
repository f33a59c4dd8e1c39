package org.anymod.plugins.semanticmetadata;

import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.anymod.media.fields.RandomFields;
import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;

class SemanticMetadataFormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new SemanticMetadataModality(
        new SemanticMetadataConfig(
            List.of("2-255"), List.of("1"), OptionalInt.empty(), "person", 0.6, false));
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
