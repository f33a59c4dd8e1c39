package org.anymod.plugins.cannyedge;

import org.anymod.media.edges.EdgeRules;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/**
 * How edges are found, {@code plugins.canny_edge} in a recipe.
 *
 * @param sigma standard deviation of the smoothing in pixels, 0 for none
 * @param low gradient above which a pixel continues an edge
 * @param high gradient above which a pixel starts an edge, at least {@code low}
 */
@ConfigSection("canny_edge")
public record CannyConfig(
    @Setting(
            value =
                "Standard deviation of the smoothing in pixels, 0 for none; more hides texture and"
                    + " noise, but also fine edges.",
            defaultValue = "1.0",
            min = 0,
            max = 20)
        double sigma,
    @Setting(
            value = "Sobel gradient of gray levels 0 to 255 above which a pixel continues an edge.",
            defaultValue = "50",
            min = 0)
        double low,
    @Setting(
            value =
                "Sobel gradient of gray levels 0 to 255 above which a pixel starts an edge, at"
                    + " least 'low'.",
            defaultValue = "100",
            min = 0)
        double high) {

  /** Checks that the thresholds are in order. */
  public CannyConfig {
    new EdgeRules(sigma, low, high);
  }

  EdgeRules rules() {
    return new EdgeRules(sigma, low, high);
  }
}
