package org.anymod.sdk.test;

import java.util.List;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;

/** The contract for a modality of texts. */
abstract class TextCase extends ModalityContractTest {
  @Override
  protected Modality modality() {
    return new GoodText();
  }

  @Override
  protected List<Value> samples() {
    return Samples.texts(4, 1);
  }
}
