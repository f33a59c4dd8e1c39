package org.anymod.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anymod.core.data.DatasetException;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class StoredValuesTest {
  private static Map<Integer, Value> values() {
    Map<Integer, Value> values = new LinkedHashMap<>();
    values.put(7, new Value.Raster(1, 1, 3, new float[] {0.1f, Float.NaN, -0f}));
    values.put(0, new Value.ClassMap(1, 2, new int[] {3, -1}));
    values.put(2, new Value.Vectors(0, 5, new float[0]));
    values.put(3, new Value.Text("zwölf \u0000 Wörter"));
    values.put(4, new Value.Structured(List.of(Map.of("a", 1.5, "b", List.of("x", true)))));
    return values;
  }

  @Test
  void keepsEveryKindOfValueBitForBit() throws IOException {
    Map<Integer, Value> read = StoredValues.read(StoredValues.write(values()));
    assertThat(read.keySet()).containsExactly(7, 0, 2, 3, 4);
    float[] floats = ((Value.Raster) read.get(7)).data();
    assertThat(Float.floatToRawIntBits(floats[1])).isEqualTo(Float.floatToRawIntBits(Float.NaN));
    assertThat(1 / floats[2]).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(((Value.ClassMap) read.get(0)).data()).containsExactly(3, -1);
    assertThat(((Value.Vectors) read.get(2)).dim()).isEqualTo(5);
    assertThat(read.get(3)).isEqualTo(values().get(3));
    assertThat(read.get(4)).isEqualTo(values().get(4));
  }

  @Test
  void refusesWhatIsCutOffOrChanged() throws IOException {
    byte[] bytes = StoredValues.write(values());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> StoredValues.read(cut)).isInstanceOf(DatasetException.class);
    }
    Random random = new Random(8);
    for (int i = 0; i < 200; i++) {
      byte[] changed = bytes.clone();
      changed[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
      assertThatThrownBy(() -> StoredValues.read(changed)).isInstanceOf(DatasetException.class);
    }
  }
}
