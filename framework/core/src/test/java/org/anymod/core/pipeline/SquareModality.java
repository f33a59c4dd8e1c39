package org.anymod.core.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.networks.diffusion.RasterVae;
import org.anymod.spi.Codec;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.PixelScaling;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Representation;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/** Grey pictures of 8 x 8 pixels in files of 64 bytes, as pixels or as tokens. */
class SquareModality implements Modality {
  static final int SIZE = 8;

  private final String name;
  private final boolean pixels;

  SquareModality(String name, boolean pixels) {
    this.name = name;
    this.pixels = pixels;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String source() {
    return "square";
  }

  @Override
  public ValueSpec value() {
    return new ValueSpec.RasterSpec(1, 0, 1);
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    return pixels
        ? Declaration.inputOnly(
            request.key(), new Kind.PixelPatches(1, SIZE, SIZE, request.patch()))
        : Declaration.inputAndOutput(request.key(), request.tokenGrid(16));
  }

  @Override
  public Codec codec() {
    return new Codec() {
      @Override
      public List<String> extensions() {
        return List.of("bin");
      }

      @Override
      public Value decode(byte[] bytes) throws InvalidDataException {
        if (bytes.length != SIZE * SIZE) {
          throw new InvalidDataException("has " + bytes.length + " bytes, must have 64");
        }
        float[] data = new float[bytes.length];
        for (int i = 0; i < data.length; i++) {
          data[i] = (bytes[i] & 0xFF) / 200f;
        }
        return new Value.Raster(1, SIZE, SIZE, data);
      }

      @Override
      public byte[] encode(Value value) {
        float[] data = ((Value.Raster) value).data();
        byte[] bytes = new byte[data.length];
        for (int i = 0; i < data.length; i++) {
          bytes[i] = (byte) Math.round(data[i] * 200);
        }
        return bytes;
      }
    };
  }

  @Override
  public Representation representation() {
    return pixels ? PixelScaling.of(new float[] {0.5f}, new float[] {0.5f}) : RasterVae.of("mse");
  }

  @Override
  public Value crop(Value value, Crop crop, int size) {
    return value;
  }

  @Override
  public Renderer renderer() {
    return value -> new Rendering.Words("square");
  }

  @Override
  public Metric metric() {
    return new Metric() {
      @Override
      public String name() {
        return "l1";
      }

      @Override
      public Accumulator start() {
        return new Difference();
      }

      @Override
      public Value constant(List<? extends Value> truths) {
        float[] mean = new float[SIZE * SIZE];
        for (Value truth : truths) {
          for (int i = 0; i < mean.length; i++) {
            mean[i] += ((Value.Raster) truth).data()[i] / truths.size();
          }
        }
        return new Value.Raster(1, SIZE, SIZE, mean);
      }
    };
  }

  private static final class Difference implements Metric.Accumulator {
    private double sum;
    private int count;

    @Override
    public void add(Value prediction, Value truth) {
      float[] a = ((Value.Raster) prediction).data();
      float[] b = ((Value.Raster) truth).data();
      for (int i = 0; i < a.length; i++) {
        sum += Math.abs(a[i] - b[i]);
      }
      count += a.length;
    }

    @Override
    public double error() {
      return sum / count;
    }

    @Override
    public Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("l1", error());
      return figures;
    }
  }
}
