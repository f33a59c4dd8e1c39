package org.anymod.plugins.semanticmetadata;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.anymod.media.fields.ClassRanges;
import org.anymod.media.fields.ClassShares;
import org.anymod.media.fields.FieldSequence;
import org.anymod.media.fields.LabelledObjects;
import org.anymod.media.fields.ListLength;
import org.anymod.media.fields.TextLengths;
import org.anymod.spi.Bins;
import org.anymod.spi.Field;
import org.anymod.spi.FieldGroup;
import org.anymod.spi.FieldGroup.FieldLabeler;

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
  private static final String CHARACTERS = "caption_n_chars";
  private static final String WORDS = "caption_n_words";
  private static final String SENTENCES = "caption_n_sentences";
  private static final String HUMANS = "n_humans";
  private static final String INSTANCES = "n_sam_instances";
  private static final String OBJECTS = "n_coco_instances";
  private static final String CLASSES = "coco_instance_diversity";
  private static final String WALKABILITY = "walkability";
  private static final String OBJECTNESS = "objectness";
  private static final String DIVERSITY = "semantic_diversity";
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
            count(2, CHARACTERS),
            count(3, WORDS),
            count(4, SENTENCES),
            count(5, HUMANS),
            count(6, INSTANCES),
            count(7, OBJECTS),
            count(8, CLASSES),
            new Field(14, WALKABILITY, new Bins.Range(0, 1, BINS)),
            new Field(15, OBJECTNESS, new Bins.Range(0, 1, BINS)),
            count(16, DIVERSITY),
            new Field(19, "watermark_score", new Bins.Thresholds(List.of(0.5))),
            new Field(20, "aesthetic_score", new Bins.Thresholds(List.of(4.5, 5.5)))),
        labelers(config));
  }

  private static Field count(int id, String name) {
    return new Field(id, name, new Bins.Count());
  }

  private static List<FieldLabeler> labelers(SemanticMetadataConfig config) {
    return List.of(
        new TextLengths("caption", CHARACTERS, WORDS, SENTENCES),
        new ListLength("human_poses", "bbox_xyxy", HUMANS),
        new LabelledObjects(
            "det",
            config.minScore(),
            new LabelledObjects.Names(OBJECTS, CLASSES, config.humanClass(), HUMANS)),
        new ListLength("sam_instance", "instances", INSTANCES),
        new ClassShares(
            "semseg",
            Map.of(
                OBJECTNESS,
                ClassRanges.of("things", config.things()),
                WALKABILITY,
                ClassRanges.of("walkable", config.walkable())),
            DIVERSITY,
            config.ignored()));
  }
}
