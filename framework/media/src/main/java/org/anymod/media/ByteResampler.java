package org.anymod.media;

import org.anymod.spi.Value;

/** Separable resampling of 8-bit samples in integer arithmetic. */
final class ByteResampler {
  private static final int HALF = 1 << (ResamplingWeights.FRACTION_BITS - 1);

  private final ResamplingKernel kernel;

  ByteResampler(ResamplingKernel kernel) {
    this.kernel = kernel;
  }

  Value.Raster resize(Value.Raster source, int height, int width) {
    int rows = source.channels() * source.height();
    int[] samples = new int[source.data().length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = clip((int) Math.rint(source.data()[i] * 255));
    }
    if (width != source.width()) {
      samples = alongRows(samples, rows, source.width(), width);
    }
    if (height != source.height()) {
      samples = alongColumns(samples, source.channels(), source.height(), height, width);
    }
    float[] data = new float[samples.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = samples[i] / 255f;
    }
    return new Value.Raster(source.channels(), height, width, data);
  }

  private int[] alongRows(int[] in, int rows, int inWidth, int outWidth) {
    ResamplingWeights weights = kernel.weights(inWidth, outWidth);
    int[][] integers = weights.integers();
    int[] out = new int[rows * outWidth];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < outWidth; x++) {
        int from = y * inWidth + weights.first()[x];
        int sum = HALF;
        for (int weight : integers[x]) {
          sum += weight * in[from++];
        }
        out[y * outWidth + x] = clip(sum >> ResamplingWeights.FRACTION_BITS);
      }
    }
    return out;
  }

  private int[] alongColumns(int[] in, int channels, int inHeight, int outHeight, int width) {
    ResamplingWeights weights = kernel.weights(inHeight, outHeight);
    int[][] integers = weights.integers();
    int[] out = new int[channels * outHeight * width];
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < outHeight; y++) {
        for (int x = 0; x < width; x++) {
          int from = (c * inHeight + weights.first()[y]) * width + x;
          int sum = HALF;
          for (int weight : integers[y]) {
            sum += weight * in[from];
            from += width;
          }
          out[(c * outHeight + y) * width + x] = clip(sum >> ResamplingWeights.FRACTION_BITS);
        }
      }
    }
    return out;
  }

  private static int clip(int value) {
    return Math.min(255, Math.max(0, value));
  }
}
