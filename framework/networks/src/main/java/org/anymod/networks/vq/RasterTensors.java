package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.anymod.networks.SettingsReader;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.RasterSpec;

/**
 * Pictures, feature maps and masks.
 *
 * @param spec channels and range; what is decoded is cut to the range
 * @param size rows and columns
 * @param numbers how numbers change on their way into the network and out of it
 */
record RasterTensors(RasterSpec spec, int size, Numbers numbers) implements ValueTensors {

  /** How numbers change on their way into the network and out of it. */
  enum Numbers {
    /** The declared range becomes [-1, 1]. */
    SCALED,
    /** Numbers stay as they are. */
    PLAIN,
    /** Numbers are standardised with the means and deviations of ImageNet, and become [-1, 1]. */
    STANDARDISED,
    /** 0 or 1 goes in as it is; what comes out are logits of 1. */
    BINARY;

    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    /** One channel of a value, written from {@code place} on. */
    private void in(float[] data, int channel, int plane, RasterSpec spec, float[] to, int place) {
      int from = channel * plane;
      switch (this) {
        case SCALED -> {
          float min = spec.min();
          float scale = 2 / (spec.max() - min);
          for (int i = 0; i < plane; i++) {
            to[place + i] = (data[from + i] - min) * scale - 1;
          }
        }
        case STANDARDISED -> {
          float deviation = DEVIATION[channel];
          float mean = MEAN[channel];
          for (int i = 0; i < plane; i++) {
            to[place + i] = (data[from + i] * deviation + mean) * 2 - 1;
          }
        }
        case PLAIN, BINARY -> System.arraycopy(data, from, to, place, plane);
      }
    }

    private float out(float x, int channel, RasterSpec spec) {
      return switch (this) {
        case SCALED -> (x + 1) / 2 * (spec.max() - spec.min()) + spec.min();
        case STANDARDISED -> ((x + 1) / 2 - MEAN[channel]) / DEVIATION[channel];
        case PLAIN -> x;
        case BINARY -> x > 0 ? 1 : 0;
      };
    }
  }

  RasterTensors {
    if (numbers == Numbers.STANDARDISED && spec.channels() != Numbers.MEAN.length) {
      throw SettingsReader.wrong(
          "undo_std", "true", "false for " + spec.channels() + " channels; it is for 3");
    }
    if (numbers == Numbers.BINARY && (spec.min() > 0 || spec.max() < 1)) {
      throw new IllegalArgumentException(
          "masks are 0 and 1, but the values lie in [" + spec.min() + ", " + spec.max() + "]");
    }
  }

  @Override
  public ValueTensors like(Value value) {
    boolean pictures = numbers == Numbers.SCALED || numbers == Numbers.STANDARDISED;
    return pictures && value instanceof Value.Raster raster && raster.height() != size
        ? new RasterTensors(spec, raster.height(), numbers)
        : this;
  }

  @Override
  public int inputChannels(int classWidth) {
    return spec.channels();
  }

  @Override
  public int outputChannels() {
    return spec.channels();
  }

  @Override
  public NDArray tensor(List<? extends Value> values, NDManager manager) {
    int channels = spec.channels();
    int plane = size * size;
    float[] all = new float[Math.toIntExact((long) values.size() * channels * plane)];
    int place = 0;
    for (Value value : values) {
      if (!(value instanceof Value.Raster raster)
          || raster.channels() != channels
          || raster.height() != size
          || raster.width() != size) {
        String places = numbers == Numbers.PLAIN ? ", one place for each token" : "";
        throw ValueTensors.unexpected(
            "a raster of " + channels + " x " + size + " x " + size + places, value);
      }
      float[] data = raster.data();
      for (int c = 0; c < channels; c++) {
        numbers.in(data, c, plane, spec, all, place);
        place += plane;
      }
    }
    return manager.create(all, new Shape(values.size(), channels, size, size));
  }

  @Override
  public List<Value> values(NDArray output) {
    Shape shape = output.getShape();
    int channels = spec.channels();
    int height = (int) shape.get(2);
    int width = (int) shape.get(3);
    float[] all = output.toFloatArray();
    int one = channels * height * width;
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < shape.get(0); i++) {
      float[] data = new float[one];
      for (int j = 0; j < one; j++) {
        float x = numbers.out(all[i * one + j], j / (height * width), spec);
        data[j] = Math.min(spec.max(), Math.max(spec.min(), x));
      }
      values.add(new Value.Raster(channels, height, width, data));
    }
    return values;
  }
}
