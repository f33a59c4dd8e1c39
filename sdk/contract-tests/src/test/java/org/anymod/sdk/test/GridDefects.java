package org.anymod.sdk.test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.anymod.media.ImageCodec;
import org.anymod.media.RasterMetric;
import org.anymod.spi.Codec;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Value;

/** Modalities of pictures with one defect each; run by {@link SeededDefectsTest}, not by JUnit. */
final class GridDefects {
  private GridDefects() {}

  /** A codec around the good one. */
  private abstract static class OtherCodec implements Codec {
    final Codec good = ImageCodec.gray(16);

    @Override
    public List<String> extensions() {
      return good.extensions();
    }

    @Override
    public Value decode(byte[] bytes) throws InvalidDataException {
      return good.decode(bytes);
    }

    @Override
    public byte[] encode(Value value) {
      return good.encode(value);
    }
  }

  private static class WithCodec extends GoodGrid {
    private final Codec codec;

    WithCodec(Codec codec) {
      this.codec = codec;
    }

    @Override
    public Codec codec() {
      return codec;
    }
  }

  static class WrongShape extends GridCase {
    @Override
    protected Modality modality() {
      return new GoodGrid() {
        @Override
        public Value crop(Value value, Crop crop, int size) {
          return super.crop(value, crop, size + 1);
        }
      };
    }
  }

  static class NotMirrored extends GridCase {
    @Override
    protected Modality modality() {
      return new GoodGrid() {
        @Override
        public Value crop(Value value, Crop c, int size) {
          Crop straight =
              new Crop(
                  c.top(),
                  c.left(),
                  c.height(),
                  c.width(),
                  false,
                  c.originalHeight(),
                  c.originalWidth());
          return super.crop(value, straight, size);
        }
      };
    }
  }

  static class WrongRange extends GridCase {
    @Override
    protected Modality modality() {
      return new WithCodec(
          new OtherCodec() {
            @Override
            public Value decode(byte[] bytes) throws InvalidDataException {
              Value.Raster raster = (Value.Raster) super.decode(bytes);
              for (int i = 0; i < raster.data().length; i++) {
                raster.data()[i] *= 255;
              }
              return raster;
            }
          });
    }
  }

  static class BadRoundTrip extends GridCase {
    @Override
    protected Modality modality() {
      return new WithCodec(ImageCodec.gray(8));
    }
  }

  static class ReadsBeyondTheEnd extends GridCase {
    @Override
    protected Modality modality() {
      return new WithCodec(
          new OtherCodec() {
            @Override
            public Value decode(byte[] bytes) throws InvalidDataException {
              return bytes[40] == 99 ? null : super.decode(bytes);
            }
          });
    }
  }

  static class SharedMutableState extends GridCase {
    @Override
    protected Modality modality() {
      float[] buffer = new float[24 * 24];
      return new WithCodec(
          new OtherCodec() {
            @Override
            public Value decode(byte[] bytes) throws InvalidDataException {
              Value.Raster raster = (Value.Raster) super.decode(bytes);
              System.arraycopy(
                  raster.data(), 0, buffer, 0, Math.min(raster.data().length, buffer.length));
              return raster.data().length == buffer.length
                  ? new Value.Raster(1, raster.height(), raster.width(), buffer)
                  : raster;
            }
          });
    }
  }

  static class GivesOutItsTable extends GridCase {
    @Override
    protected Modality modality() {
      float[] table = new float[64 * 64];
      return new GoodGrid() {
        @Override
        public Value crop(Value value, Crop crop, int size) {
          return size == 64
              ? new Value.Raster(1, size, size, table)
              : super.crop(value, crop, size);
        }
      };
    }
  }

  static class ChangesWhatItIsGiven extends GridCase {
    @Override
    protected Modality modality() {
      return new GoodGrid() {
        @Override
        public Renderer renderer() {
          return value -> {
            float[] data = ((Value.Raster) value).data();
            for (int i = 0; i < data.length; i++) {
              data[i] = 1 - data[i];
            }
            return super.renderer().render(value);
          };
        }
      };
    }
  }

  static class FixedVocabulary extends GridCase {
    @Override
    protected Modality modality() {
      return new GoodGrid() {
        @Override
        public Declaration declare(DeclarationRequest r) {
          return super.declare(
              new DeclarationRequest(r.key(), r.resolution(), r.patch(), OptionalInt.of(64)));
        }
      };
    }
  }

  static class WrongKey extends GridCase {
    @Override
    protected Modality modality() {
      return new GoodGrid() {
        @Override
        public Declaration declare(DeclarationRequest request) {
          return Declaration.inputAndOutput("heights", request.tokenGrid(64));
        }
      };
    }
  }

  /** A metric around the good one. */
  private static class OtherMetric implements Metric {
    final Metric good = new RasterMetric(1);

    @Override
    public String name() {
      return good.name();
    }

    @Override
    public Accumulator start() {
      return good.start();
    }

    @Override
    public Value constant(List<? extends Value> truths) {
      return good.constant(truths);
    }
  }

  static class SharedSums extends GridCase {
    @Override
    protected Modality modality() {
      return new GoodGrid() {
        private final Metric metric =
            new OtherMetric() {
              private final Accumulator only = good.start();

              @Override
              public Accumulator start() {
                return only;
              }
            };

        @Override
        public Metric metric() {
          return metric;
        }
      };
    }
  }

  static class ConstantOutOfRange extends GridCase {
    @Override
    protected Modality modality() {
      return new GoodGrid() {
        @Override
        public Metric metric() {
          return new OtherMetric() {
            @Override
            public Value constant(List<? extends Value> truths) {
              List<Value> sum = new ArrayList<>();
              sum.add(new Value.Raster(1, 24, 24, new float[24 * 24]));
              Arrays.fill(((Value.Raster) sum.get(0)).data(), truths.size());
              return sum.get(0);
            }
          };
        }
      };
    }
  }

  static class PerfectIsNotZero extends GridCase {
    @Override
    protected Modality modality() {
      return new GoodGrid() {
        @Override
        public Metric metric() {
          return new OtherMetric() {
            @Override
            public Accumulator start() {
              Accumulator sum = good.start();
              return new Accumulator() {
                @Override
                public void add(Value prediction, Value truth) {
                  sum.add(prediction, truth);
                }

                @Override
                public double error() {
                  return sum.error() + 0.5;
                }

                @Override
                public Map<String, Double> figures() {
                  return Map.of("l1", error());
                }
              };
            }
          };
        }
      };
    }
  }
}
