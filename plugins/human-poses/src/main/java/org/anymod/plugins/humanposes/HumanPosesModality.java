package org.anymod.plugins.humanposes;

import jakarta.inject.Inject;
import org.anymod.media.body.BodySequence;
import org.anymod.networks.vq.MlpVqVae;
import org.anymod.spi.Kind;

/**
 * People and their poses: a sequence of at most 275 tokens of the shared text vocabulary, 39 for
 * each person and one for the end. Files, crops and text are those of {@link BodySequence}.
 */
public final class HumanPosesModality extends BodySequence {
  private static final int MAX_TOKENS = 275;
  private static final int MAX_LENGTH = 263;

  /**
   * Creates the modality.
   *
   * @param config codes and which defects of the reference system to keep
   */
  @Inject
  public HumanPosesModality(HumanPosesConfig config) {
    super(
        "human_poses",
        new Kind.TextSequence(MAX_TOKENS, MAX_LENGTH),
        MlpVqVae.forVectors("smooth_l1"),
        config.rules());
  }
}
