package org.anymod.core.retrieval;

import java.io.IOException;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.core.tokenize.CroppedValues;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Value;

/** What is shown of samples. */
final class Faces {
  private final CroppedValues values;

  Faces(Run run, ValueReader reader, UsedModality face) {
    this.values = run.data().cropped(reader, face, CropPlan.CENTER);
  }

  Value of(int number) throws IOException {
    return values.get(number);
  }
}
