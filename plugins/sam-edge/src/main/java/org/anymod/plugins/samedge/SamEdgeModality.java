package org.anymod.plugins.samedge;

import java.util.List;
import java.util.Optional;
import org.anymod.media.edges.EdgeMaps;
import org.anymod.media.instances.InstanceEdges;
import org.anymod.networks.diffusion.RasterVae;

/**
 * Tokens of edges between instances: a grid with one token for each patch, 8192 different ones
 * unless the recipe says otherwise. Uses the tokenizer of Canny edges where a run has both. Can be
 * computed from polygons of instances. Files and values are those of {@link EdgeMaps}.
 */
public final class SamEdgeModality extends EdgeMaps {
  private static final int VOCABULARY = 8192;

  /** Creates the modality. */
  public SamEdgeModality() {
    super("sam_edge", VOCABULARY, RasterVae.of("mse"), List.of(new InstanceEdges("sam_instance")));
  }

  @Override
  public Optional<String> sharedTokenizer() {
    return Optional.of("tok_canny_edge");
  }
}
