package org.anymod.plugins.colorpalette;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anymod.media.ValueTypes;
import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;

class ColorPaletteFormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new ColorPaletteModality();
  }

  @Override
  protected Value draw(Random random, int round) {
    Map<String, Object> palettes = new TreeMap<>();
    for (int size = 1; size <= 7; size++) {
      if (round == 1 || round > 1 && random.nextBoolean()) {
        long edge = round % 2 == 0 ? 0 : 255;
        palettes.put(
            "" + size,
            Stream.generate(() -> List.of(edge, random.nextLong(256), random.nextLong(256)))
                .limit(size)
                .toList());
      }
    }
    return new Value.Structured(List.of(palettes));
  }

  /** One of the palettes is told, with all its colours. */
  @Override
  protected void checkTold(Value value, Value read) {
    Map<?, ?> told = palettes(read);
    assertThat(told).hasSize(Math.min(1, palettes(value).size()));
    told.forEach(
        (size, colors) -> assertThat((Object) palettes(value).get(size)).isEqualTo(colors));
  }

  private static Map<?, ?> palettes(Value value) {
    return (Map<?, ?>) ((List<?>) ValueTypes.structured(value).tree()).get(0);
  }
}
