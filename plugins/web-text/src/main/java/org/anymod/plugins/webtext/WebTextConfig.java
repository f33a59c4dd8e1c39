package org.anymod.plugins.webtext;

import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/**
 * Which part of a long text is used, {@code plugins.web_text} in a recipe.
 *
 * @param maxWords words of a longer text that are used, from a random one on; 0 uses its beginning
 */
@ConfigSection("web_text")
public record WebTextConfig(
    @Setting(
            value =
                "Words of a longer text that are used, from a random word on, so that all of it is"
                    + " seen in time; 0 always uses the beginning, as published models did, and"
                    + " what exceeds the longest sequence is cut off.",
            defaultValue = "0",
            min = 0,
            max = 100000)
        int maxWords) {}
