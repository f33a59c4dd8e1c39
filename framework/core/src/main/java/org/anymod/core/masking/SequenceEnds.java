package org.anymod.core.masking;

import org.anymod.spi.Kind;

/** How sequences of a modality are cut and closed. */
final class SequenceEnds {
  private SequenceEnds() {}

  static SequenceUnits.End of(MaskedModalitySpec modality, MaskingOptions options) {
    if (options.alwaysEnd()) {
      return SequenceUnits.End.AFTER_CUT;
    }
    boolean text = modality.declaration().kind() instanceof Kind.TextSequence;
    return text ? SequenceUnits.End.BEFORE_CUT : SequenceUnits.End.NONE;
  }
}
