package org.anymod.spi;

import java.util.Arrays;
import java.util.List;

/**
 * Linear scaling of pixels before they are projected: {@code (x - mean) / deviation} for each
 * channel.
 *
 * @param mean mean of each channel
 * @param deviation standard deviation of each channel, positive
 */
public record PixelScaling(List<Float> mean, List<Float> deviation) implements Representation {

  /** Mean and standard deviation of ImageNet pictures in [0, 1], red, green, blue. */
  public static final PixelScaling IMAGENET =
      of(new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f});

  /** Checks that there are as many means as positive deviations. */
  public PixelScaling {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    Checks.length("deviation", deviation.size(), mean.size());
    for (float d : deviation) {
      if (!(d > 0)) {
        throw new IllegalArgumentException("deviation " + d + " must be positive");
      }
    }
  }

  /**
   * Creates a scaling from arrays.
   *
   * @param mean mean of each channel
   * @param deviation standard deviation of each channel
   * @return the scaling
   */
  public static PixelScaling of(float[] mean, float[] deviation) {
    return new PixelScaling(boxed(mean), boxed(deviation));
  }

  private static List<Float> boxed(float[] values) {
    Float[] boxed = new Float[values.length];
    Arrays.setAll(boxed, i -> values[i]);
    return List.of(boxed);
  }

  /**
   * Scales a picture.
   *
   * @param raster a picture with as many channels as there are means
   * @return the scaled picture
   */
  public Value.Raster scale(Value.Raster raster) {
    Checks.length("channels", raster.channels(), mean.size());
    float[] out = new float[raster.data().length];
    int plane = raster.height() * raster.width();
    for (int c = 0; c < raster.channels(); c++) {
      float m = mean.get(c);
      float d = deviation.get(c);
      for (int i = c * plane; i < (c + 1) * plane; i++) {
        out[i] = (raster.data()[i] - m) / d;
      }
    }
    return new Value.Raster(raster.channels(), raster.height(), raster.width(), out);
  }
}
