package org.anymod.sdk.test;

import java.util.List;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;

/** The contract for a modality of gray pictures. */
abstract class GridCase extends ModalityContractTest {
  @Override
  protected Modality modality() {
    return new GoodGrid();
  }

  @Override
  protected List<Value> samples() {
    return Samples.rasters(GoodGrid.SPEC, 24, 16, 3, 1);
  }
}
