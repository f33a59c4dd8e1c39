package org.anymod.media.fields;

import java.util.Map;
import org.anymod.media.ImageStatistics;
import org.anymod.media.ValueTypes;
import org.anymod.spi.FieldGroup.FieldLabeler;
import org.anymod.spi.Value;

/** Size and statistics of a colour picture, see {@link ImageStatistics}. */
public final class PictureFields implements FieldLabeler {
  /** Field for the number of columns. */
  public static final String WIDTH = "original_width";

  /** Field for the number of rows. */
  public static final String HEIGHT = "original_height";

  private final String from;

  /**
   * Creates a labeler.
   *
   * @param from source of the pictures
   */
  public PictureFields(String from) {
    this.from = from;
  }

  @Override
  public String from() {
    return from;
  }

  @Override
  public Map<String, Double> compute(Value value) {
    Value.Raster picture = ValueTypes.raster(value);
    Map<String, Double> numbers = ImageStatistics.of(picture);
    numbers.put(WIDTH, (double) picture.width());
    numbers.put(HEIGHT, (double) picture.height());
    return numbers;
  }
}
