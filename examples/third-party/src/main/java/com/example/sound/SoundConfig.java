package com.example.sound;

import java.util.List;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/**
 * How sounds are made of scenes where there are no files, {@code plugins.sound} in a recipe.
 *
 * @param silent classes that make no sound
 */
@ConfigSection("sound")
public record SoundConfig(
    @Setting(
            value = "Classes of the segmentation maps that make no sound, such as sky and ground.",
            defaultValue = "[0, 1]",
            min = 0,
            max = 255)
        List<Integer> silent) {

  /** Keeps the classes unmodifiable. */
  public SoundConfig {
    silent = List.copyOf(silent);
  }
}
