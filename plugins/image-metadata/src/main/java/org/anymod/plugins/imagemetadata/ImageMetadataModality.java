package org.anymod.plugins.imagemetadata;

import jakarta.inject.Inject;
import java.util.List;
import org.anymod.media.fields.FieldSequence;
import org.anymod.media.fields.PictureFields;
import org.anymod.spi.Bins;
import org.anymod.spi.Field;
import org.anymod.spi.FieldGroup;

/**
 * Numbers about the picture itself as text: its size in pixels, in steps of 32, and colourfulness,
 * brightness, contrast, saturation and entropy in 50 bins each. A group of the joint sequence
 * {@code metadata}.
 *
 * <p>Files: {@code image_metadata/<name>.json}, an object from field name to number; or those of
 * the joint sequence. Can be computed from pictures.
 */
public final class ImageMetadataModality extends FieldSequence {
  private static final String NAME = "image_metadata";
  private static final int SHARE = 15;
  private static final int BINS = 50;
  private static final int STEP = 32;

  /**
   * Creates the modality.
   *
   * @param config how the numbers are read back
   */
  @Inject
  public ImageMetadataModality(ImageMetadataConfig config) {
    super(NAME, NAME, List.of(config.publishedDecoding() ? group().published() : group()));
  }

  private static FieldGroup group() {
    return new FieldGroup(
        "metadata",
        SHARE,
        List.of(
            new Field(0, PictureFields.WIDTH, new Bins.Steps(STEP)),
            new Field(1, PictureFields.HEIGHT, new Bins.Steps(STEP)),
            new Field(9, "colorfulness", new Bins.Range(0, 150, BINS)),
            new Field(10, "brightness", new Bins.Range(0, 255, BINS)),
            new Field(11, "contrast", new Bins.Range(0, 127, BINS)),
            new Field(12, "saturation", new Bins.Range(0, 255, BINS)),
            new Field(13, "entropy", new Bins.Range(0, 10, BINS))),
        List.of(new PictureFields("rgb")));
  }
}
