package org.anymod.plugins.saminstance;

import org.anymod.media.NumberWord;
import org.anymod.media.instances.InstanceRules;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/**
 * How instances are told, {@code plugins.sam_instance} in a recipe.
 *
 * @param imageSize side of a crop in the unit of the coordinates that are told; independent of the
 *     resolution of pictures
 * @param points number of rows and of columns of query points
 * @param pointOrder where the query points are
 * @param minArea smallest part of a crop that the box around an instance must have, 0 to 1
 * @param vocabulary number of different codes of a mask, at most 1024
 * @param publishedMasks whether decoded masks that fill their box are left out, as the reference
 *     system does
 */
@ConfigSection("sam_instance")
public record SamInstanceConfig(
    @Setting(
            value =
                "Side of a crop in the unit of the coordinates that are told, whatever the"
                    + " resolution of pictures.",
            defaultValue = "224",
            min = 8,
            max = 999)
        int imageSize,
    @Setting(
            value =
                "Number of query points at random places, or of rows and of columns of a grid of"
                    + " them; more tell more instances in longer texts.",
            defaultValue = "7",
            min = 1,
            max = 32)
        int points,
    @Setting(
            value = "Where the query points are: at random places, or on a regular grid.",
            defaultValue = "random")
        InstanceRules.PointOrder pointOrder,
    @Setting(
            value =
                "Smallest part of a crop that the box around an instance must have; smaller"
                    + " instances are left out.",
            defaultValue = "0.0005",
            min = 0,
            max = 1)
        double minArea,
    @Setting(
            value = "Number of different codes of a mask.",
            defaultValue = "1024",
            min = 2,
            max = NumberWord.CODES)
        int vocabulary,
    @Setting(
            value =
                "Whether decoded masks that fill their whole box are left out, as the reference"
                    + " system does; boxes of box-shaped things are lost then.",
            defaultValue = "false")
        boolean publishedMasks) {

  /** Checks the ranges. */
  public SamInstanceConfig {
    new InstanceRules(imageSize, points, pointOrder, minArea, vocabulary, publishedMasks);
  }

  InstanceRules rules() {
    return new InstanceRules(imageSize, points, pointOrder, minArea, vocabulary, publishedMasks);
  }
}
