package org.anymod.plugins.semanticmetadata;

import java.util.List;
import java.util.OptionalInt;
import org.anymod.media.fields.ClassRanges;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/**
 * What counts as what, {@code plugins.semantic_metadata} in a recipe.
 *
 * @param things classes of segmentation maps that are countable objects: numbers and ranges
 * @param walkable classes of segmentation maps that one can walk on: numbers and ranges
 * @param ignored class of places without a label
 * @param humanClass class name of humans among detected objects
 * @param minScore smallest score of detected objects that count
 * @param publishedDecoding whether bins of ranges stand for the number that the published system
 *     gives rather than for their middle
 */
@ConfigSection("semantic_metadata")
public record SemanticMetadataConfig(
    @Setting(
            value =
                "Classes of segmentation maps that are countable objects, for objectness: numbers"
                    + " and ranges such as 1-80.",
            defaultValue = "[2-255]")
        List<String> things,
    @Setting(
            value =
                "Classes of segmentation maps that one can walk on, for walkability: numbers and"
                    + " ranges such as 1-80.",
            defaultValue = "['1']")
        List<String> walkable,
    @Setting(
            value =
                "Class of segmentation maps that marks places without a label; it counts nowhere.",
            min = 0,
            max = 255)
        OptionalInt ignored,
    @Setting(value = "Class name of humans among detected objects.", defaultValue = "person")
        String humanClass,
    @Setting(
            value = "Smallest score of detected objects that count.",
            defaultValue = "0.6",
            min = 0,
            max = 1)
        double minScore,
    @Setting(
            value =
                "Whether bins of ranges are read back as the published system does, a little too"
                    + " low, rather than as their middle.",
            defaultValue = "false")
        boolean publishedDecoding) {

  /** Checks that the classes are numbers and ranges. */
  public SemanticMetadataConfig {
    things = List.copyOf(things);
    walkable = List.copyOf(walkable);
    ClassRanges.of("things", things);
    ClassRanges.of("walkable", walkable);
  }
}
