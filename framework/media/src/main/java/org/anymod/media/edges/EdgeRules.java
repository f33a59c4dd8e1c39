package org.anymod.media.edges;

/**
 * How edges are found in pictures.
 *
 * @param sigma standard deviation of the smoothing in pixels, 0 for none, at most 20
 * @param low Sobel gradient of gray levels 0 to 255 above which a pixel continues an edge
 * @param high gradient above which a pixel starts an edge, at least {@code low}
 */
public record EdgeRules(double sigma, double low, double high) {

  /** Checks that the thresholds are in order. */
  public EdgeRules {
    if (!(sigma >= 0 && sigma <= 20)) {
      throw new IllegalArgumentException("sigma is " + sigma + ", must be in [0, 20]");
    }
    if (!(low >= 0 && high >= low)) {
      throw new IllegalArgumentException(
          "low is " + low + " and high is " + high + ", must be 0 <= low <= high");
    }
  }
}
