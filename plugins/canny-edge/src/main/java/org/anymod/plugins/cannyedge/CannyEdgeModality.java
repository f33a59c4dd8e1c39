package org.anymod.plugins.cannyedge;

import jakarta.inject.Inject;
import java.util.List;
import org.anymod.media.edges.EdgeFinder;
import org.anymod.media.edges.EdgeMaps;
import org.anymod.networks.diffusion.RasterVae;

/**
 * Tokens of Canny edges: a grid with one token for each patch, 8192 different ones unless the
 * recipe says otherwise. Can be computed from pictures, see {@link CannyConfig}. Files and values
 * are those of {@link EdgeMaps}.
 */
public final class CannyEdgeModality extends EdgeMaps {
  private static final int VOCABULARY = 8192;

  /**
   * Creates the modality.
   *
   * @param config how edges are found
   */
  @Inject
  public CannyEdgeModality(CannyConfig config) {
    super(
        "canny_edge",
        VOCABULARY,
        RasterVae.of("mse"),
        List.of(new EdgeFinder("rgb", config.rules())));
  }
}
