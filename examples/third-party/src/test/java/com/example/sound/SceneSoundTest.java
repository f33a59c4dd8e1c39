package com.example.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anymod.spi.Crop;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class SceneSoundTest {
  private static final SceneSound SOUND = new SceneSound(new SoundConfig(List.of(0, 1)));

  /** A thing of a class in the left half, at some depth. */
  private static Value.Raster scene(int label, float depth) {
    int[] map = new int[64 * 64];
    for (int y = 20; y < 40; y++) {
      Arrays.fill(map, y * 64, y * 64 + 32, label);
    }
    float[] depths = new float[64 * 64];
    Arrays.fill(depths, depth);
    return (Value.Raster)
        SOUND.label(
            Map.of(
                "semseg",
                new Value.ClassMap(64, 64, map),
                "depth",
                new Value.Raster(1, 64, 64, depths)));
  }

  @Test
  void eachClassHasItsPitchWhereItIsSeen() {
    for (int label = 2; label < 7; label++) {
      Value.Raster sound = scene(label, 0.2f);
      int row = 63 - SceneSound.band(label);
      assertThat(sound.at(0, row, 10)).isPositive();
      assertThat(sound.at(0, row, 50)).isZero();
      assertThat(SceneSound.band(label)).isNotEqualTo(SceneSound.band(label + 1));
    }
  }

  @Test
  void nearThingsAreLouder() {
    int row = 63 - SceneSound.band(3);
    assertThat(scene(3, 0.1f).at(0, row, 5)).isGreaterThan(scene(3, 0.9f).at(0, row, 5));
  }

  @Test
  void silentClassesAreSilent() {
    assertThat(scene(1, 0.1f).data()).containsOnly(0);
  }

  @Test
  void aMirroredCropIsPlayedBackwards() {
    Value.Raster sound = scene(4, 0.1f);
    Crop mirror = new Crop(0, 0, 64, 64, true, 64, 64);
    Value.Raster back = (Value.Raster) SoundModalityTest.sound().crop(sound, mirror, 64);
    int row = 63 - SceneSound.band(4);
    assertThat(back.at(0, row, 53)).isEqualTo(sound.at(0, row, 10));
    assertThat(back.at(0, row, 10)).isZero();
  }

  @Test
  void aCropIsThatTime() {
    Value.Raster sound = scene(4, 0.1f);
    Crop right = new Crop(5, 32, 32, 32, false, 64, 64);
    Value.Raster cut = (Value.Raster) SoundModalityTest.sound().crop(sound, right, 64);
    assertThat(cut.data()).containsOnly(0);
  }
}
