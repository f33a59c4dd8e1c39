package org.anymod.plugins.saminstance;

import jakarta.inject.Inject;
import org.anymod.media.instances.InstanceSequence;
import org.anymod.networks.vq.VitVqVae;

/**
 * Instances as SAM finds them: a sequence of at most 290 tokens of the shared text vocabulary that
 * tells boxes and coded masks. Files, crops and text are those of {@link InstanceSequence}.
 */
public final class SamInstanceModality extends InstanceSequence {
  private static final int MAX_TOKENS = 290;

  /**
   * Creates the modality.
   *
   * @param config sizes and query points
   */
  @Inject
  public SamInstanceModality(SamInstanceConfig config) {
    super("sam_instance", MAX_TOKENS, VitVqVae.forMasks(), config.rules());
  }
}
