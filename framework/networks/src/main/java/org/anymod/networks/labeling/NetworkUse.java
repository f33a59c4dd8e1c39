package org.anymod.networks.labeling;

import java.util.List;

/**
 * How the networks that usually label a modality are used: a plugin's defaults for {@link
 * TorchScriptSettings}.
 *
 * @param inputSize side of the square they take in pixels, 0 to leave pictures as they are
 * @param mean mean of each channel in [0, 1], or one for all
 * @param deviation standard deviation of each channel in [0, 1], or one for all
 * @param resampling how pictures are brought to that size
 * @param dropTokens tokens dropped from the front of a list of tokens
 * @param activation what happens to the numbers first
 * @param scale what they are multiplied by then
 * @param offset what is added then
 * @param minMax whether each result is stretched to [0, 1] in the end
 */
public record NetworkUse(
    int inputSize,
    List<Double> mean,
    List<Double> deviation,
    Resampling resampling,
    int dropTokens,
    Activation activation,
    double scale,
    double offset,
    boolean minMax) {

  private static final List<Double> IMAGE_NET_MEAN = List.of(0.485, 0.456, 0.406);
  private static final List<Double> IMAGE_NET_DEVIATION = List.of(0.229, 0.224, 0.225);
  private static final List<Double> WEB_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
  private static final List<Double> WEB_DEVIATION = List.of(0.26862954, 0.26130258, 0.27577711);

  /** Checks that there are means and deviations. */
  public NetworkUse {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.isEmpty() || deviation.isEmpty()) {
      throw new IllegalArgumentException("mean or deviation is empty, must hold a number");
    }
  }

  /**
   * Pictures standardised as for ImageNet; numbers as they come.
   *
   * @param inputSize side of the square in pixels, 0 to leave pictures as they are
   * @return the use
   */
  public static NetworkUse imageNet(int inputSize) {
    return standardised(inputSize, IMAGE_NET_MEAN, IMAGE_NET_DEVIATION);
  }

  /**
   * Pictures standardised as for networks that learned from pictures and texts of the web (A.
   * Radford et al., arXiv 2103.00020, and those that followed it); numbers as they come.
   *
   * @param inputSize side of the square in pixels, 0 to leave pictures as they are
   * @return the use
   */
  public static NetworkUse webPictures(int inputSize) {
    return standardised(inputSize, WEB_MEAN, WEB_DEVIATION);
  }

  /**
   * Pictures standardised by given numbers; numbers as they come.
   *
   * @param inputSize side of the square in pixels, 0 to leave pictures as they are
   * @param mean mean of each channel in [0, 1], or one for all
   * @param deviation standard deviation of each channel in [0, 1], or one for all
   * @return the use
   */
  public static NetworkUse standardised(int inputSize, List<Double> mean, List<Double> deviation) {
    return new NetworkUse(
        inputSize, mean, deviation, Resampling.BICUBIC, 0, Activation.NONE, 1, 0, false);
  }

  /**
   * Returns the same use with each result stretched to [0, 1].
   *
   * @return the use
   */
  public NetworkUse stretched() {
    return new NetworkUse(
        inputSize, mean, deviation, resampling, dropTokens, activation, scale, offset, true);
  }

  /**
   * Returns the same use with results changed.
   *
   * @param first what happens to the numbers first
   * @param factor what they are multiplied by then
   * @param added what is added then
   * @return the use
   */
  public NetworkUse changed(Activation first, double factor, double added) {
    return new NetworkUse(
        inputSize, mean, deviation, resampling, dropTokens, first, factor, added, minMax);
  }

  /** This use with what the recipe says instead. */
  NetworkUse with(TorchScriptSettings settings) {
    return new NetworkUse(
        settings.inputSize().orElse(inputSize),
        settings.mean().isEmpty() ? mean : settings.mean(),
        settings.std().isEmpty() ? deviation : settings.std(),
        settings.resampling().orElse(resampling),
        settings.dropTokens().orElse(dropTokens),
        settings.activation().orElse(activation),
        settings.scale().orElse(scale),
        settings.offset().orElse(offset),
        settings.minMax().orElse(minMax));
  }
}
