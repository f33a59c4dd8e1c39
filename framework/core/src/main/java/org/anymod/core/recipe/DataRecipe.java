package org.anymod.core.recipe;

import java.nio.file.Path;
import java.util.List;
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
 * @param sources datasets of a training mixture
 * @param shuffleWindow how far samples are shuffled
 * @param onError what becomes of a sample that cannot be read
 * @param maxSkips samples that may be left out
 * @param workers threads that make batches
 * @param samplesPerShard samples in a tar file of tokens
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
        double flip,
    @Setting(
            "Datasets of a training mixture, in place of the training split of root; validation stays in"
                + " root")
        List<SourceRecipe> sources,
    @Setting(
            value =
                "Samples among which the order is drawn: 0 shuffles whole epochs, a window of some thousands"
                    + " reads large shards nearly in order",
            defaultValue = "0",
            min = 0,
            max = 1e8)
        int shuffleWindow,
    @Setting(
            value =
                "What becomes of a sample that cannot be read: fail ends the run, skip leaves it out and names"
                    + " the file in the log",
            defaultValue = "fail",
            allowed = {"fail", "skip"})
        String onError,
    @Setting(
            value = "Different samples that may be left out before the run ends all the same",
            defaultValue = "100",
            min = 0,
            max = 1e9)
        int maxSkips,
    @Setting(
            value =
                "Threads that read samples and make batches ahead of the model; the batches are the same for"
                    + " any number",
            defaultValue = "1",
            min = 1,
            max = 256)
        int workers,
    @Setting(
            value =
                "Samples in a tar file of tokens; an interrupted anymod tokenize makes the file again that"
                    + " it was at",
            defaultValue = "1000",
            min = 1,
            max = 1e7)
        int samplesPerShard) {

  /** Samples in a tar file where the recipe does not say. */
  public static final int USUAL_SHARD = 1000;

  /** Checks that no two sources have the same name. */
  public DataRecipe {
    SourceRecipe.checkNames(sources);
  }

  /**
   * One dataset, read in whole epochs by one thread; a sample that cannot be read ends the run.
   *
   * @param root folder with one folder for each split
   * @param train name of the training split
   * @param validation name of the validation split
   * @param crops crops stored for each training sample
   * @param minCropScale smallest area of a crop
   * @param flip whether to mirror crops
   */
  public DataRecipe(
      Path root, String train, String validation, int crops, double minCropScale, double flip) {
    this(
        root,
        train,
        validation,
        crops,
        minCropScale,
        flip,
        List.of(),
        0,
        "fail",
        100,
        1,
        USUAL_SHARD);
  }

  /**
   * Returns whether samples that cannot be read are left out.
   *
   * @return true for {@code on_error: skip}
   */
  public boolean skips() {
    return onError.equals("skip");
  }
}
