package org.anymod.media;

import org.anymod.spi.Value;

/** Separable resampling in floating point; results stay in the range that the source covers. */
final class FloatResampler {
  private final ResamplingKernel kernel;

  FloatResampler(ResamplingKernel kernel) {
    this.kernel = kernel;
  }

  Value.Raster resize(Value.Raster source, int height, int width) {
    float[] data = source.data();
    if (width != source.width()) {
      data = alongRows(data, source.channels() * source.height(), source.width(), width);
    }
    if (height != source.height()) {
      data = alongColumns(data, source.channels(), source.height(), height, width);
    }
    float[] out = data == source.data() ? data.clone() : data;
    clip(out, source.data());
    return new Value.Raster(source.channels(), height, width, out);
  }

  private float[] alongRows(float[] in, int rows, int inWidth, int outWidth) {
    ResamplingWeights weights = kernel.weights(inWidth, outWidth);
    float[] out = new float[rows * outWidth];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < outWidth; x++) {
        int from = y * inWidth + weights.first()[x];
        double sum = 0;
        for (double weight : weights.weights()[x]) {
          sum += weight * in[from++];
        }
        out[y * outWidth + x] = (float) sum;
      }
    }
    return out;
  }

  private float[] alongColumns(float[] in, int channels, int inHeight, int outHeight, int width) {
    ResamplingWeights weights = kernel.weights(inHeight, outHeight);
    float[] out = new float[channels * outHeight * width];
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < outHeight; y++) {
        for (int x = 0; x < width; x++) {
          int from = (c * inHeight + weights.first()[y]) * width + x;
          double sum = 0;
          for (double weight : weights.weights()[y]) {
            sum += weight * in[from];
            from += width;
          }
          out[(c * outHeight + y) * width + x] = (float) sum;
        }
      }
    }
    return out;
  }

  private static void clip(float[] values, float[] range) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (float value : range) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.min(max, Math.max(min, values[i]));
    }
  }
}
