package org.anymod.cli;

import org.anymod.core.modality.ModalityNames;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;

/** Finds the modality that a word of the command line means. */
final class ModelKeys {
  private final ModalityNames names;

  ModelKeys(ModalitySet modalities) {
    this.names = new ModalityNames(modalities);
  }

  /** Finds a modality with a tokenizer of its own. */
  UsedModality tokenized(String word) {
    return names.tokenized(word);
  }
}
