package org.anymod.core.recipe;

import java.nio.file.Path;
import org.anymod.spi.config.Setting;

/**
 * Where data lies and how it is cut.
 *
 * @param root folder with one folder for each split
 * @param train name of the training split
 * @param validation name of the validation split
 * @param crops crops stored for each training sample
 * @param minCropScale smallest area of a crop
 * @param flip whether to mirror crops
 */
public record DataRecipe(
    @Setting(
            "Folder that holds a folder for each split, with files as <source>/<name>.<extension> or packed in shards")
        Path root,
    @Setting(value = "Folder of the training split", defaultValue = "train") String train,
    @Setting(value = "Folder of the validation split", defaultValue = "val") String validation,
    @Setting(
            value =
                "Crops stored for each training sample; the first is the centre, the others are random",
            defaultValue = "1",
            min = 1,
            max = 1000)
        int crops,
    @Setting(
            value = "Smallest share of the picture's area that a random crop keeps",
            defaultValue = "0.8",
            min = 0.01,
            max = 1)
        double minCropScale,
    @Setting(
            value = "Probability that a random crop is mirrored",
            defaultValue = "0.5",
            min = 0,
            max = 1)
        double flip) {}
