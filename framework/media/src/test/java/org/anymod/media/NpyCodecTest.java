package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.RasterSpec;
import org.anymod.spi.ValueSpec.VectorsSpec;
import org.junit.jupiter.api.Test;

class NpyCodecTest {
  private static final NpyCodec MAPS = NpyCodec.maps(new RasterSpec(3, -10, 10));
  private static final NpyCodec VECTORS = NpyCodec.vectors(new VectorsSpec(4, 2, -10, 10));

  private static float[] numbers(Random random, int count) {
    float[] data = new float[count];
    for (int i = 0; i < count; i++) {
      data[i] = random.nextFloat(-10, 10);
    }
    return data;
  }

  @Test
  void mapsAndVectorsSurviveTheirFile() throws InvalidDataException {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      int height = 1 + random.nextInt(9);
      int width = 1 + random.nextInt(9);
      Value.Raster map = new Value.Raster(3, height, width, numbers(random, 3 * height * width));
      Value.Raster back = (Value.Raster) MAPS.decode(MAPS.encode(map));
      assertThat(back.height()).isEqualTo(height);
      assertThat(back.data()).as("seed %d", seed).containsExactly(map.data());
      int count = 1 + random.nextInt(2);
      Value.Vectors vectors = new Value.Vectors(count, 4, numbers(random, 4 * count));
      Value.Vectors same = (Value.Vectors) VECTORS.decode(VECTORS.encode(vectors));
      assertThat(same.count()).isEqualTo(count);
      assertThat(same.data()).as("seed %d", seed).containsExactly(vectors.data());
    }
  }

  @Test
  void oneVectorMayStandAloneAndInDoublePrecision() throws InvalidDataException {
    byte[] file = Npy.write(new NpyArray(new int[] {4}, new double[] {1, 2, 3, 0.1}));
    Value.Vectors vectors = (Value.Vectors) VECTORS.decode(file);
    assertThat(vectors.count()).isEqualTo(1);
    assertThat(vectors.data()).containsExactly(1, 2, 3, 0.1f);
  }

  private static void refused(NpyCodec codec, int[] shape, Object data, String message) {
    byte[] file = Npy.write(new NpyArray(shape, data));
    assertThatThrownBy(() -> codec.decode(file))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void saysWhatDoesNotFit() {
    refused(MAPS, new int[] {2, 1, 1}, new float[2], "has 2 channels, must have 3");
    refused(MAPS, new int[] {3, 2}, new float[6], "[3, 2], must have (channels, rows, columns)");
    refused(MAPS, new int[] {3, 0, 2}, new float[0], "none of them 0");
    refused(MAPS, new int[] {3, 1, 1}, new int[3], "the numbers are <i4, must be <f4 or <f8");
    refused(MAPS, new int[] {3, 1, 1}, new float[] {0, 11, 0}, "outside [-10.0, 10.0]");
    refused(MAPS, new int[] {3, 1, 1}, new float[] {0, 0, Float.NaN}, "value NaN");
    refused(VECTORS, new int[] {3}, new float[3], "vectors have width 3, must have 4");
    refused(VECTORS, new int[] {3, 4}, new float[12], "has 3 vectors, at most 2 are allowed");
    refused(VECTORS, new int[] {1, 1, 4}, new float[4], "(width) or (count, width)");
    refused(VECTORS, new int[] {0, 4}, new float[0], "none of them 0");
    assertThatThrownBy(() -> MAPS.encode(new Value.Raster(2, 1, 1, new float[2])))
        .hasMessage("the value has 2 channels, must have 3");
  }

  @Test
  void damagedFilesGiveNothingButAMessage() {
    Random random = new Random(7);
    byte[] map = MAPS.encode(new Value.Raster(3, 4, 5, numbers(random, 60)));
    byte[] vectors = VECTORS.encode(new Value.Vectors(2, 4, numbers(random, 8)));
    int refused = 0;
    for (int i = 0; i < 4000; i++) {
      byte[] file = (i % 2 == 0 ? map : vectors).clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        file[random.nextInt(file.length)] = (byte) random.nextInt();
      }
      byte[] damaged = i % 3 == 0 ? Arrays.copyOf(file, random.nextInt(file.length + 20)) : file;
      try {
        (i % 2 == 0 ? MAPS : VECTORS).decode(damaged);
      } catch (InvalidDataException e) {
        assertThat(e.getMessage()).isNotBlank();
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }
}
