package org.anymod.media;

import org.anymod.spi.Value;

/**
 * Ways to change the size of a picture. Smooth ones are separable, first along rows, then along
 * columns, and antialiased where the picture shrinks; a direction whose size stays is left alone.
 *
 * <p>The {@code _8BIT} forms give the same bits as Pillow's resize of 8-bit channels: each pass
 * accumulates integer weights with 22 fractional bits and rounds to a byte. The others compute the
 * same filters without rounding.
 */
public enum Resampling {
  /** The source pixel under the centre of the result pixel, as Pillow finds it. */
  NEAREST {
    @Override
    public Value.Raster resize(Value.Raster source, int height, int width) {
      int[] rows = nearestSources(source.height(), height);
      int[] columns = nearestSources(source.width(), width);
      float[] out = new float[source.channels() * height * width];
      int at = 0;
      for (int c = 0; c < source.channels(); c++) {
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            out[at++] = source.at(c, rows[y], columns[x]);
          }
        }
      }
      return new Value.Raster(source.channels(), height, width, out);
    }
  },
  /** Triangle filter over 8-bit samples, values in [0, 1]. */
  BILINEAR_8BIT {
    @Override
    public Value.Raster resize(Value.Raster source, int height, int width) {
      return new ByteResampler(ResamplingKernel.BILINEAR).resize(source, height, width);
    }
  },
  /** Cubic filter with a = -0.5 over 8-bit samples, values in [0, 1]. */
  BICUBIC_8BIT {
    @Override
    public Value.Raster resize(Value.Raster source, int height, int width) {
      return new ByteResampler(ResamplingKernel.BICUBIC).resize(source, height, width);
    }
  },
  /** Triangle filter without rounding. */
  BILINEAR {
    @Override
    public Value.Raster resize(Value.Raster source, int height, int width) {
      return new FloatResampler(ResamplingKernel.BILINEAR).resize(source, height, width);
    }
  },
  /**
   * Cubic filter with a = -0.5 without rounding; overshoot is clipped to the range that the source
   * covers.
   */
  BICUBIC {
    @Override
    public Value.Raster resize(Value.Raster source, int height, int width) {
      return new FloatResampler(ResamplingKernel.BICUBIC).resize(source, height, width);
    }
  };

  /**
   * Changes the size of a raster.
   *
   * @param source the raster; values in [0, 1] for the {@code _8BIT} forms
   * @param height rows of the result, at least 1
   * @param width columns of the result, at least 1
   * @return raster of shape (channels, height, width)
   */
  public abstract Value.Raster resize(Value.Raster source, int height, int width);

  /**
   * Changes the size of a class map; classes cannot be mixed, so the nearest one is taken.
   *
   * @param source the map
   * @param height rows of the result, at least 1
   * @param width columns of the result, at least 1
   * @return map of shape (height, width)
   */
  public static Value.ClassMap resize(Value.ClassMap source, int height, int width) {
    int[] rows = nearestSources(source.height(), height);
    int[] columns = nearestSources(source.width(), width);
    int[] out = new int[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        out[y * width + x] = source.at(rows[y], columns[x]);
      }
    }
    return new Value.ClassMap(height, width, out);
  }

  /** Returns the source index of each result index. */
  static int[] nearestSources(int in, int out) {
    int[] sources = new int[out];
    double step = (double) in / out;
    // The running sum is Pillow's; (i + 0.5) * step differs from it for some sizes, such as 1024 to
    // 224.
    double position = 0.5 * step;
    for (int i = 0; i < out; i++) {
      sources[i] = Math.min(in - 1, (int) position);
      position += step;
    }
    return sources;
  }
}
