package org.anymod.media.edges;

import java.util.List;
import java.util.Map;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Labeler;
import org.anymod.spi.Value;

/** Finds edges in colour pictures by their luma (ITU-R BT.601). */
public final class EdgeFinder implements Labeler {
  private static final float RED = 0.299f * 255;
  private static final float GREEN = 0.587f * 255;
  private static final float BLUE = 0.114f * 255;

  private final String from;
  private final EdgeRules rules;

  /**
   * Creates a labeler.
   *
   * @param from source of the pictures
   * @param rules how edges are found
   */
  public EdgeFinder(String from, EdgeRules rules) {
    this.from = from;
    this.rules = rules;
  }

  @Override
  public List<String> from() {
    return List.of(from);
  }

  /**
   * Finds the edges of a picture.
   *
   * @return raster of shape (1, height, width), 1 on edges and 0 elsewhere
   */
  @Override
  public Value label(Map<String, Value> inputs) {
    Value.Raster picture = ValueTypes.raster(inputs.get(from));
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
    return Canny.edges(rules, gray, picture.height(), picture.width());
  }
}
