package org.anymod.plugins.caption;

import java.util.List;
import java.util.OptionalInt;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/**
 * Which captions of a list are used, and how captions are written where there are no caption files
 * but segmentation maps, {@code plugins.caption} in a recipe.
 *
 * @param classes name of each class of the maps, class 0 first; none writes no captions
 * @param ignored class that is not mentioned
 * @param template the caption, with the classes at {@code {classes}}
 * @param minShare smallest share of the picture that a class must cover to be mentioned
 * @param lists which caption of a file with several is used
 */
@ConfigSection("caption")
public record CaptionConfig(
    @Setting("Name of each class of the segmentation maps, class 0 first; none writes no captions")
        List<String> classes,
    @Setting(value = "Class that is not mentioned", min = 0, max = 255) OptionalInt ignored,
    @Setting(
            value = "The caption; {classes} stands for the classes present, largest first",
            defaultValue = "'a picture of {classes}'")
        String template,
    @Setting(
            value = "Smallest share of the picture that a class must cover to be mentioned",
            defaultValue = "0.005",
            min = 0,
            max = 1)
        double minShare,
    @Setting(
            value =
                "Which caption of a file with several is used: the first, the one with the number"
                    + " of the crop, or a random one each time.",
            defaultValue = "first")
        Lists lists) {
  static final String CLASSES = "{classes}";

  /** Which caption of a list is used. */
  public enum Lists {
    /** The first. */
    FIRST,
    /** The one with the number of the crop: captions that are aligned with crops. */
    CROP,
    /** Any of them, drawn anew for each use. */
    RANDOM
  }

  /** Checks that the template has a place for the classes. */
  public CaptionConfig {
    classes = List.copyOf(classes);
    if (!template.contains(CLASSES)) {
      throw new IllegalArgumentException("template is '" + template + "', must contain " + CLASSES);
    }
  }

  static CaptionConfig withoutClasses() {
    return new CaptionConfig(List.of(), OptionalInt.empty(), CLASSES, 0, Lists.FIRST);
  }
}
