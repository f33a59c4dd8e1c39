package com.example.sound;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anymod.media.Resampling;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Labeler;
import org.anymod.spi.Value;

/**
 * The sound of a scene that a finger strokes from left to right: each class has its pitch, near
 * things are louder than far ones, and large ones louder than small ones. An overtone at the double
 * pitch follows each tone.
 */
final class SceneSound implements Labeler {
  private static final String CLASSES = "semseg";
  private static final String DEPTH = "depth";
  private static final int LOWEST_BAND = 5;
  private static final int BAND_STEP = 7;
  private static final int BASE_BANDS = 26;

  private final Set<Integer> silent;

  SceneSound(SoundConfig config) {
    silent = Set.copyOf(config.silent());
  }

  @Override
  public List<String> from() {
    return List.of(CLASSES, DEPTH);
  }

  /** Returns the band of a class's tone. */
  static int band(int label) {
    return LOWEST_BAND + label * BAND_STEP % BASE_BANDS;
  }

  @Override
  public Value label(Map<String, Value> inputs) {
    Value.ClassMap map = ValueTypes.classMap(inputs.get(CLASSES));
    Value.Raster depth =
        Resampling.BILINEAR.resize(ValueTypes.raster(inputs.get(DEPTH)), map.height(), map.width());
    float[] data = new float[Spectrum.BANDS * Spectrum.FRAMES];
    for (int frame = 0; frame < Spectrum.FRAMES; frame++) {
      int from = frame * map.width() / Spectrum.FRAMES;
      int to = Math.max(from + 1, (frame + 1) * map.width() / Spectrum.FRAMES);
      sound(data, frame, map, depth, from, to);
    }
    return new Value.Raster(1, Spectrum.BANDS, Spectrum.FRAMES, data);
  }

  private void sound(
      float[] data, int frame, Value.ClassMap map, Value.Raster depth, int from, int to) {
    int[] places = new int[256];
    double[] depths = new double[256];
    for (int y = 0; y < map.height(); y++) {
      for (int x = from; x < to; x++) {
        int label = map.at(y, x) & 0xFF;
        places[label]++;
        depths[label] += depth.at(0, y, x);
      }
    }
    for (int label = 0; label < places.length; label++) {
      if (places[label] > 0 && !silent.contains(label)) {
        double share = (double) places[label] / (map.height() * (to - from));
        double near = 1 - 0.7 * depths[label] / places[label];
        float level = (float) ((0.4 + 0.6 * Math.sqrt(share)) * near);
        put(data, frame, band(label), level);
        put(data, frame, 2 * band(label), level / 2);
      }
    }
  }

  private static void put(float[] data, int frame, int band, float level) {
    int at = (Spectrum.BANDS - 1 - band) * Spectrum.FRAMES + frame;
    data[at] = Math.max(data[at], level);
  }
}
