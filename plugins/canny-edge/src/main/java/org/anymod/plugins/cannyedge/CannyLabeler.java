package org.anymod.plugins.cannyedge;

import java.util.List;
import java.util.Map;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Labeler;
import org.anymod.spi.Value;

/** Finds edges in colour pictures by their luma (ITU-R BT.601). */
final class CannyLabeler implements Labeler {
  private static final float RED = 0.299f * 255;
  private static final float GREEN = 0.587f * 255;
  private static final float BLUE = 0.114f * 255;

  private final CannyConfig config;

  CannyLabeler(CannyConfig config) {
    this.config = config;
  }

  @Override
  public List<String> from() {
    return List.of("rgb");
  }

  @Override
  public Value label(Map<String, Value> inputs) {
    Value.Raster picture = ValueTypes.raster(inputs.get("rgb"));
    if (picture.channels() != 3) {
      throw new IllegalArgumentException(
          "the picture has " + picture.channels() + " channels, must have 3");
    }
    int plane = picture.height() * picture.width();
    float[] data = picture.data();
    float[] gray = new float[plane];
    for (int i = 0; i < plane; i++) {
      gray[i] = RED * data[i] + GREEN * data[plane + i] + BLUE * data[2 * plane + i];
    }
    return Canny.edges(config, gray, picture.height(), picture.width());
  }
}
