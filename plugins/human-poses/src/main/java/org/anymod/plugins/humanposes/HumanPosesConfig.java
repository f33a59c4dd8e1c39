package org.anymod.plugins.humanposes;

import org.anymod.media.NumberWord;
import org.anymod.media.body.BodyRules;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/**
 * How people are told, {@code plugins.human_poses} in a recipe.
 *
 * @param vocabulary number of different codes of a pose, at most 1024
 * @param publishedFlip whether people stay as they are in mirrored crops, as in the reference
 *     system
 * @param publishedRange whether numbers outside their range become words that the vocabulary does
 *     not have, as in the reference system
 */
@ConfigSection("human_poses")
public record HumanPosesConfig(
    @Setting(
            value = "Number of different codes of a pose.",
            defaultValue = "1024",
            min = 2,
            max = NumberWord.CODES)
        int vocabulary,
    @Setting(
            value =
                "Whether people stay as they are in mirrored crops, as in the reference system:"
                    + " they do not fit the picture then.",
            defaultValue = "false")
        boolean publishedFlip,
    @Setting(
            value =
                "Whether rotations and shapes outside their range become words that the"
                    + " vocabulary does not have, as in the reference system, instead of the"
                    + " nearest ones.",
            defaultValue = "false")
        boolean publishedRange) {

  /** Checks the vocabulary. */
  public HumanPosesConfig {
    new BodyRules(vocabulary, publishedFlip, publishedRange);
  }

  BodyRules rules() {
    return new BodyRules(vocabulary, publishedFlip, publishedRange);
  }
}
