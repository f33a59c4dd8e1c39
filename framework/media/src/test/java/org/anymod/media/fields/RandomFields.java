package org.anymod.media.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Bins;
import org.anymod.spi.Field;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;

/** Numbers about samples for tests. */
public final class RandomFields {
  private RandomFields() {}

  /**
   * Draws fields of a modality: none in round 0, all in rounds 1 to 3, else some of them.
   *
   * @param modality a modality with one group of fields
   * @param random source of chance
   * @param round number of the round
   * @return its document
   */
  public static Value draw(Modality modality, Random random, int round) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    for (Field field : fields(modality)) {
      if (round > 0 && (round < 4 || random.nextBoolean())) {
        int bin = round == 2 ? 0 : random.nextInt(Bins.MAX_BIN + 1);
        double number = field.bins().value(bin);
        numbers.put(field.name(), field.bins().whole() ? (Object) (long) number : (Object) number);
      }
    }
    return new Value.Structured(numbers);
  }

  /**
   * Checks that each field is told by its bin.
   *
   * @param modality a modality with one group of fields
   * @param value a document
   * @param read the document that was read from its text
   */
  public static void checkTold(Modality modality, Value value, Value read) {
    Map<?, ?> truth = (Map<?, ?>) ValueTypes.structured(value).tree();
    Map<?, ?> found = (Map<?, ?>) ValueTypes.structured(read).tree();
    assertThat(found.size()).isEqualTo(truth.size());
    for (Field field : fields(modality)) {
      if (truth.get(field.name()) instanceof Number number) {
        double told = ((Number) found.get(field.name())).doubleValue();
        assertThat(field.bins().bin(told))
            .as(field.name())
            .isEqualTo(field.bins().bin(number.doubleValue()));
      }
    }
  }

  private static List<Field> fields(Modality modality) {
    return modality.fieldGroup().orElseThrow().fields();
  }
}
