package org.anymod.media.colors;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Labeler;
import org.anymod.spi.Value;

/**
 * Finds the palettes of 1 to 7 colours that stand best for a picture, each sorted by number of
 * pixels.
 */
final class PaletteFinder implements Labeler {
  private final String from;

  PaletteFinder(String from) {
    this.from = from;
  }

  @Override
  public List<String> from() {
    return List.of(from);
  }

  @Override
  public Value label(Map<String, Value> inputs) {
    Value.Raster picture = ValueTypes.raster(inputs.get(from));
    if (picture.channels() != Palettes.CHANNELS) {
      throw new IllegalArgumentException(
          "the picture has " + picture.channels() + " channels, must have " + Palettes.CHANNELS);
    }
    ColorClusters clusters = new ColorClusters(ColorHistogram.of(picture));
    TreeMap<Integer, List<double[]>> bySize = new TreeMap<>();
    for (int k = 1; k <= Palettes.MAX_COLORS; k++) {
      bySize.put(k, clusters.colors(k));
    }
    return new Palettes(bySize).toValue();
  }
}
