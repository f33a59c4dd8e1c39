package org.anymod.plugins.caption;

import java.util.List;
import java.util.OptionalInt;
import org.anymod.media.text.ClassSentence;
import org.anymod.media.text.TextChoice;
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
        TextChoice lists) {

  /** Checks that the template has a place for the classes. */
  public CaptionConfig {
    classes = new ClassSentence.Rules(classes, ignored, template, minShare).classes();
  }

  ClassSentence.Rules sentences() {
    return new ClassSentence.Rules(classes, ignored, template, minShare);
  }

  static CaptionConfig withoutClasses() {
    return new CaptionConfig(
        List.of(), OptionalInt.empty(), ClassSentence.CLASSES, 0, TextChoice.FIRST);
  }
}
