package org.anymod.core.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.anymod.spi.Codec;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/** Pictures of any size for tests: files of rows, columns and one byte a pixel. */
public final class PictureModalities {
  private PictureModalities() {}

  /** A modality for each source; phrases for the source {@code words}. */
  public static List<Modality> ofSources(List<String> sources) {
    List<Modality> modalities = new ArrayList<>();
    for (String source : sources) {
      modalities.add(source.equals("words") ? new Words() : new Picture(source));
    }
    return modalities;
  }

  private static final class Words extends PhraseModality {
    @Override
    public String source() {
      return "words";
    }
  }

  private static final class Picture extends SquareModality {
    private final String source;

    Picture(String source) {
      super(source, true);
      this.source = source;
    }

    @Override
    public String source() {
      return source;
    }

    @Override
    public ValueSpec value() {
      return new ValueSpec.RasterSpec(1, 0, 255);
    }

    @Override
    public Codec codec() {
      return new Codec() {
        @Override
        public List<String> extensions() {
          return List.of("raw");
        }

        @Override
        public Value decode(byte[] bytes) throws InvalidDataException {
          if (bytes.length < 3 || bytes.length != 2 + bytes[0] * bytes[1]) {
            throw new InvalidDataException("is no picture");
          }
          float[] data = new float[bytes.length - 2];
          for (int i = 0; i < data.length; i++) {
            data[i] = bytes[i + 2];
          }
          return new Value.Raster(1, bytes[0], bytes[1], data);
        }

        @Override
        public byte[] encode(Value value) {
          throw new IllegalStateException("only read");
        }
      };
    }
  }
}
