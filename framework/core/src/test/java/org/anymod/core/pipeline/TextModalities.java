package org.anymod.core.pipeline;

import org.anymod.spi.Modality;

/** Text-like modalities for tests in other packages. */
public final class TextModalities {
  private TextModalities() {}

  /** Short texts, the same for all crops. */
  public static Modality phrases() {
    return new PhraseModality();
  }

  /** Short texts, another for each crop. */
  public static Modality phrasesOfCrops() {
    return new PhraseModality() {
      @Override
      public boolean followsCrop() {
        return true;
      }
    };
  }

  /** Lists in JSON, another for each crop. */
  public static Modality documentsOfCrops() {
    return new DotsModality();
  }
}
