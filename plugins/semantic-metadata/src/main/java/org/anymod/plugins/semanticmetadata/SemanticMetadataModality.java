package org.anymod.plugins.semanticmetadata;

import jakarta.inject.Inject;
import java.util.List;
import org.anymod.media.FieldSequence;
import org.anymod.spi.Bins;
import org.anymod.spi.Field;
import org.anymod.spi.FieldGroup;

/**
 * Numbers about what a picture shows as text: lengths of its caption, counts of humans, objects,
 * classes and instances, walkability, objectness, watermark and aesthetic score. A group of the
 * joint sequence {@code metadata}.
 *
 * <p>Files: {@code semantic_metadata/<name>.json}, an object from field name to number; or those of
 * the joint sequence. All but watermark and aesthetic score can be computed from captions, poses,
 * detected objects, instances and segmentation maps; humans are counted by their poses where there
 * are any files of these.
 */
public final class SemanticMetadataModality extends FieldSequence {
  private static final String NAME = "semantic_metadata";
  private static final int SHARE = 20;
  private static final int BINS = 50;

  /**
   * Creates the modality.
   *
   * @param config what counts as what
   */
  @Inject
  public SemanticMetadataModality(SemanticMetadataConfig config) {
    super(
        NAME,
        NAME,
        List.of(config.publishedDecoding() ? group(config).published() : group(config)));
  }

  private static FieldGroup group(SemanticMetadataConfig config) {
    return new FieldGroup(
        "metadata",
        SHARE,
        List.of(
            count(2, CaptionLengths.CHARACTERS),
            count(3, CaptionLengths.WORDS),
            count(4, CaptionLengths.SENTENCES),
            count(5, DetectedObjects.HUMANS),
            count(6, Instances.FIELD),
            count(7, DetectedObjects.OBJECTS),
            count(8, DetectedObjects.CLASSES),
            new Field(14, ClassShares.WALKABILITY, new Bins.Range(0, 1, BINS)),
            new Field(15, ClassShares.OBJECTNESS, new Bins.Range(0, 1, BINS)),
            count(16, ClassShares.DIVERSITY),
            new Field(19, "watermark_score", new Bins.Thresholds(List.of(0.5))),
            new Field(20, "aesthetic_score", new Bins.Thresholds(List.of(4.5, 5.5)))),
        List.of(
            new CaptionLengths(),
            new Humans(),
            new DetectedObjects(config.humanClass(), config.minScore()),
            new Instances(),
            new ClassShares(config)));
  }

  private static Field count(int id, String name) {
    return new Field(id, name, new Bins.Count());
  }
}
