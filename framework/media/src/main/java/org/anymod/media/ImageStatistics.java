package org.anymod.media;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anymod.spi.Value;

/**
 * Plain statistics of colour pictures. With red, green and blue as levels from 0 to 255 and luma
 * {@code y = 0.299 r + 0.587 g + 0.114 b} (ITU-R BT.601):
 *
 * <ul>
 *   <li>{@code colorfulness}, 0 to about 150 for photographs (Hasler and Suesstrunk, "Measuring
 *       colourfulness in natural images", 2003): with {@code rg = r - g} and {@code yb = (r + g) /
 *       2 - b}, {@code sqrt(var(rg) + var(yb)) + 0.3 sqrt(mean(rg)^2 + mean(yb)^2)}
 *   <li>{@code brightness}, 0 to 255: the mean luma
 *   <li>{@code contrast}, 0 to 127.5: the standard deviation of luma
 *   <li>{@code saturation}, 0 to 255: the mean of {@code 255 (max - min) / max} over the channels
 *       of a pixel, 0 for black ones
 *   <li>{@code entropy}, 0 to 8 bits: Shannon's entropy of the histogram of luma rounded to levels
 * </ul>
 */
public final class ImageStatistics {
  private static final int CHANNELS = 3;
  private static final int LEVELS = 256;

  private ImageStatistics() {}

  /**
   * Computes the statistics of a picture.
   *
   * @param picture raster of shape (3, height, width), red, green, blue, values in [0, 1]
   * @return the five numbers by name, in the order above
   * @throws IllegalArgumentException if there are other than three channels
   */
  public static Map<String, Double> of(Value.Raster picture) {
    if (picture.channels() != CHANNELS) {
      throw new IllegalArgumentException(
          "the picture has " + picture.channels() + " channels, must have " + CHANNELS);
    }
    Sums sums = new Sums();
    int plane = picture.height() * picture.width();
    for (int i = 0; i < plane; i++) {
      sums.add(
          level(picture.data()[i]),
          level(picture.data()[plane + i]),
          level(picture.data()[2 * plane + i]));
    }
    return sums.statistics(plane);
  }

  private static double level(float value) {
    return (LEVELS - 1) * Math.min(1.0, Math.max(0.0, value));
  }

  private static final class Sums {
    private final Moments redGreen = new Moments();
    private final Moments yellowBlue = new Moments();
    private final Moments luma = new Moments();
    private final long[] histogram = new long[LEVELS];
    private double saturation;

    void add(double red, double green, double blue) {
      redGreen.add(red - green);
      yellowBlue.add((red + green) / 2 - blue);
      double y = 0.299 * red + 0.587 * green + 0.114 * blue;
      luma.add(y);
      histogram[(int) Math.rint(Math.min(LEVELS - 1, y))]++;
      double max = Math.max(red, Math.max(green, blue));
      double min = Math.min(red, Math.min(green, blue));
      saturation += max > 0 ? (LEVELS - 1) * (max - min) / max : 0;
    }

    Map<String, Double> statistics(int count) {
      Map<String, Double> statistics = new LinkedHashMap<>();
      statistics.put(
          "colorfulness",
          Math.sqrt(redGreen.variance(count) + yellowBlue.variance(count))
              + 0.3 * Math.hypot(redGreen.sum / count, yellowBlue.sum / count));
      statistics.put("brightness", luma.sum / count);
      statistics.put("contrast", Math.sqrt(luma.variance(count)));
      statistics.put("saturation", saturation / count);
      statistics.put("entropy", entropy(count));
      return statistics;
    }

    private double entropy(int count) {
      double bits = 0;
      for (long n : histogram) {
        double share = (double) n / count;
        bits -= n == 0 ? 0 : share * Math.log(share) / Math.log(2);
      }
      return bits;
    }
  }

  private static final class Moments {
    private double sum;
    private double squares;

    void add(double value) {
      sum += value;
      squares += value * value;
    }

    double variance(int count) {
      double mean = sum / count;
      // Rounding may leave a little less than nothing.
      return Math.max(0, squares / count - mean * mean);
    }
  }
}
