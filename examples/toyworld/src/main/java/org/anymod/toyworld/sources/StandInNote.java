package org.anymod.toyworld.sources;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.anymod.toyworld.features.DenseFeatures;
import org.anymod.toyworld.features.GlobalFeatures;

/** The note that lies beside data with stand-in features, so that nobody takes them for more. */
public final class StandInNote {
  /** Name of the file. */
  public static final String FILE = "FEATURES.txt";

  private static final String WORDS = "t5_caption";
  private static final String TEXT =
      """
      The features in this dataset are stand-ins. No pretrained network was used.

      clip, dinov2, imagebind
          One vector of 32 numbers for each 8 x 8 pixels: a fixed random matrix times plain
          statistics of the patch, then the hyperbolic tangent.
            clip: shares of classes; mean and deviation of colours.
            dinov2: shares of classes; mean normal; mean and deviation of depth; texture.
            imagebind: shares of classes; colours; depth; place in the picture.
      dinov2_global, imagebind_global
          One vector of 64 numbers for a picture, made alike from statistics of the whole and of
          its quarters; imagebind_global also from the words of the caption.
      t5_caption
          One vector of 64 numbers for each word of the caption, drawn from the word's own hash.

      They follow what is seen closely enough to train and test tokenizers and models, and they are
      the same for the same scene. They are not CLIP, DINOv2, ImageBind or T5, and no figure that is
      measured on them says anything about those networks.
      """;

  private StandInNote() {}

  /**
   * Returns the note for a dataset.
   *
   * @param sources folder names of the dataset
   * @return the text; empty if none of the sources holds stand-ins
   */
  public static Optional<String> of(List<String> sources) {
    return standIns().anyMatch(sources::contains) ? Optional.of(TEXT) : Optional.empty();
  }

  private static Stream<String> standIns() {
    return Stream.of(
            Arrays.stream(DenseFeatures.values()).map(DenseFeatures::source),
            Arrays.stream(GlobalFeatures.values()).map(GlobalFeatures::source),
            Stream.of(WORDS))
        .flatMap(names -> names);
  }
}
