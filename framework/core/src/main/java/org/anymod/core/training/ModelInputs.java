package org.anymod.core.training;

import java.util.List;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.model.ModelModality;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.spi.Kind;

/** Builds the rows of a model's embedding table from the modality set of a run. */
public final class ModelInputs {
  private ModelInputs() {}

  /**
   * Returns the rows in model order.
   *
   * @param modalities the modality set
   * @param text the vocabulary of text-like modalities
   * @return one row for each modality
   */
  public static List<ModelModality> of(ModalitySet modalities, TextTokenizer text) {
    return modalities.all().stream().map(m -> row(m, text)).toList();
  }

  private static ModelModality row(UsedModality modality, TextTokenizer text) {
    Kind kind = modality.declaration().kind();
    int vocabulary = 0;
    if (kind instanceof Kind.TokenGrid grid) {
      vocabulary = grid.vocabulary();
    } else if (kind instanceof Kind.TextSequence) {
      vocabulary = text.size();
    } else if (kind instanceof Kind.TokenSequence codes) {
      // Codes lie behind the special tokens, whose ids the vocabulary defines.
      vocabulary = codes.vocabulary() + text.controlTokens();
    }
    return new ModelModality(modality.declaration(), vocabulary);
  }
}
