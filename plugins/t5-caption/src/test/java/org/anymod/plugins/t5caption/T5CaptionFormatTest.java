package org.anymod.plugins.t5caption;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.anymod.media.embeddings.EmbeddedTexts;
import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;

class T5CaptionFormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new T5CaptionModality(new T5CaptionConfig(4, 6));
  }

  @Override
  protected Value draw(Random random, int round) {
    List<List<float[]>> sequences = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int n = 0; n < (round == 0 ? 1 : 1 + random.nextInt(3)); n++) {
      List<float[]> vectors = new ArrayList<>();
      for (int i = round == 0 ? 1 : 1 + random.nextInt(9); i > 0; i--) {
        float largest = round % 4 == 3 ? Float.MAX_VALUE : 2;
        vectors.add(new float[] {random.nextFloat(), -1, 0, largest});
      }
      sequences.add(vectors);
      texts.add("text " + n);
    }
    return new EmbeddedTexts(sequences, round % 2 == 0 ? texts : List.of()).toValue();
  }
}
