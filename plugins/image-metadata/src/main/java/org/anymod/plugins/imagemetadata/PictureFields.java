package org.anymod.plugins.imagemetadata;

import java.util.Map;
import org.anymod.media.ImageStatistics;
import org.anymod.media.ValueTypes;
import org.anymod.spi.FieldGroup.FieldLabeler;
import org.anymod.spi.Value;

/** Computes all fields of the group from a colour picture, see {@link ImageStatistics}. */
final class PictureFields implements FieldLabeler {
  static final String WIDTH = "original_width";
  static final String HEIGHT = "original_height";

  @Override
  public String from() {
    return "rgb";
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
