package org.anymod.core.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.anymod.spi.config.Setting;

/**
 * The WordPiece vocabulary that text-like modalities share.
 *
 * @param file a vocabulary to use instead of training one
 * @param vocabulary largest number of entries
 * @param sentinels number of sentinel entries
 * @param words words that stay whole
 */
public record TextRecipe(
    @Setting("A vocabulary in the Hugging Face tokenizers JSON form, instead of training one")
        Optional<Path> file,
    @Setting(
            value = "Largest number of entries of a trained vocabulary",
            defaultValue = "30000",
            min = 100,
            max = 1000000)
        int vocabulary,
    @Setting(
            value = "Number of sentinels for hidden spans",
            defaultValue = "200",
            min = 2,
            max = 10000)
        int sentinels,
    @Setting("Words that stay whole, besides those the modalities ask for") List<String> words) {}
