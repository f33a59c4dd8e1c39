package org.anymod.plugins.geometricmetadata;

import jakarta.inject.Inject;
import java.util.List;
import org.anymod.media.fields.DirectionSpread;
import org.anymod.media.fields.FieldSequence;
import org.anymod.media.fields.StepShare;
import org.anymod.spi.Bins;
import org.anymod.spi.Field;
import org.anymod.spi.FieldGroup;

/**
 * Numbers about the geometry of a scene as text: geometric complexity and occlusion score in 50
 * bins each. A group of the joint sequence {@code metadata}.
 *
 * <p>Files: {@code geometric_metadata/<name>.json}, an object from field name to number; or those
 * of the joint sequence. Complexity can be computed from surface normals, see {@link
 * DirectionSpread}, occlusion from depth, see {@link StepShare}.
 */
public final class GeometricMetadataModality extends FieldSequence {
  private static final String NAME = "geometric_metadata";
  private static final String COMPLEXITY = "geometric_complexity";
  private static final String OCCLUSION = "occlusion_score";
  private static final int SHARE = 5;
  private static final int BINS = 50;

  /**
   * Creates the modality.
   *
   * @param config how the numbers are computed and read back
   */
  @Inject
  public GeometricMetadataModality(GeometricMetadataConfig config) {
    super(
        NAME,
        NAME,
        List.of(config.publishedDecoding() ? group(config).published() : group(config)));
  }

  private static FieldGroup group(GeometricMetadataConfig config) {
    return new FieldGroup(
        "metadata",
        SHARE,
        List.of(
            new Field(17, COMPLEXITY, new Bins.Range(0, 0.75, BINS)),
            new Field(18, OCCLUSION, new Bins.Range(0, 0.25, BINS))),
        List.of(
            new DirectionSpread("normal", COMPLEXITY),
            new StepShare("depth", OCCLUSION, config.occlusionStep())));
  }
}
