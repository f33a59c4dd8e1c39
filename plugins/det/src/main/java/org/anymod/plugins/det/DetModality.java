package org.anymod.plugins.det;

import jakarta.inject.Inject;
import org.anymod.media.boxes.BoxSequence;

/**
 * Bounding boxes: a sequence of at most 256 tokens of the shared text vocabulary, five for each box
 * and one for the end. Files, crops and text are those of {@link BoxSequence}.
 */
public final class DetModality extends BoxSequence {
  private static final int MAX_TOKENS = 256;

  /**
   * Creates the modality.
   *
   * @param config classes, threshold and order
   */
  @Inject
  public DetModality(DetConfig config) {
    super("det", MAX_TOKENS, config.rules());
  }
}
