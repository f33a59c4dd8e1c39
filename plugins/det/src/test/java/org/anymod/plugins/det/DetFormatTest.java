package org.anymod.plugins.det;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.anymod.media.JsonPlace;
import org.anymod.media.ValueTypes;
import org.anymod.media.boxes.BoxRules;
import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;

class DetFormatTest extends ModalityFormatTest {
  private static final List<String> LABELS = List.of("cat", "dog", "hot dog");

  @Override
  protected Modality modality() {
    return new DetModality(
        new DetConfig(LABELS, 0, 0, BoxRules.Order.DISTANCE, OptionalInt.empty()));
  }

  @Override
  protected Value draw(Random random, int round) {
    List<Object> boxes = new ArrayList<>();
    for (int i = round == 0 ? 0 : random.nextInt(8); i > 0; i--) {
      double left = round == 1 ? 0 : random.nextDouble();
      double top = round == 2 ? 1 : random.nextDouble();
      double right = round == 1 ? 1 : left + (1 - left) * random.nextDouble();
      double bottom = top + (1 - top) * random.nextDouble();
      boxes.add(
          Map.of(
              "boxes",
              List.of(left, top, right, bottom),
              "class_name",
              LABELS.get(random.nextInt(LABELS.size())),
              "score",
              random.nextDouble()));
    }
    return new Value.Structured(Map.of("instances", boxes));
  }

  /** Boxes are told nearest first, in steps of a 999th. */
  @Override
  protected void checkTold(Value value, Value read) {
    List<double[]> truth = sides(value);
    List<double[]> found = sides(read);
    assertThat(found).hasSameSizeAs(truth);
    for (double[] box : found) {
      assertThat(truth).anySatisfy(t -> assertThat(box).containsExactly(t, within(0.5001 / 999)));
    }
  }

  private static List<double[]> sides(Value value) {
    try {
      List<double[]> sides = new ArrayList<>();
      JsonPlace top = JsonPlace.top(ValueTypes.structured(value).tree());
      for (JsonPlace instance : top.get("instances").items(0, 100)) {
        sides.add(instance.get("boxes").numbers(4, 0, 1));
      }
      return sides;
    } catch (InvalidDataException e) {
      throw new AssertionError(e);
    }
  }
}
