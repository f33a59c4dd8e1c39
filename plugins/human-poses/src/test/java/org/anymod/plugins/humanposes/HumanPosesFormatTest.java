package org.anymod.plugins.humanposes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.anymod.media.body.People;
import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.spi.CodedText;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;

class HumanPosesFormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new HumanPosesModality(new HumanPosesConfig(1024, false, false));
  }

  @Override
  protected Value draw(Random random, int round) {
    return People.coded(People.random(random, round % 4, 224), round);
  }

  /** Codes are told exactly; numbers fall into bins, which the family's own tests look at. */
  @Override
  protected void checkTold(Value value, Value read) {
    CodedText text = (CodedText) modality().representation();
    assertThat(text.codes(read)).isDeepEqualTo(text.codes(value));
  }
}
