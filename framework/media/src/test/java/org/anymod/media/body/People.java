package org.anymod.media.body;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.anymod.media.Box;
import org.anymod.media.JsonCodec;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;

/** People for tests. */
public final class People {
  static final HumanFile FILE = new HumanFile(1024);
  static final BodyRules RULES = new BodyRules(1024, false, false);

  private People() {}

  static Modality sequence(BodyRules rules) {
    return new BodySequence("people", new Kind.TextSequence(275, 263), null, rules);
  }

  /**
   * People in a picture, with poses and without codes.
   *
   * @param random source of chance
   * @param count number of people
   * @param side side of the square picture
   * @return a document that fits every sequence of bodies
   */
  public static Value random(Random random, int count, double side) {
    List<Human> humans = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double left = random.nextDouble() * 0.6 * side;
      double top = random.nextDouble() * 0.6 * side;
      Box box =
          new Box(
              left,
              top,
              left + (0.1 + 0.3 * random.nextDouble()) * side,
              top + (0.1 + 0.3 * random.nextDouble()) * side);
      double[] camera = {
        0.7 + random.nextDouble(), random.nextDouble() / 5, random.nextDouble() / 5
      };
      humans.add(
          new Human(
              box,
              camera,
              rotations(random, 1),
              Optional.of(rotations(random, Skeleton.TURNED)),
              random.doubles(Human.SHAPE, -3, 3).toArray(),
              Optional.empty()));
    }
    return HumanFile.toValue(humans);
  }

  static double[] rotations(Random random, int count) {
    double[] numbers = new double[count * Rotations.SIZE];
    for (int i = 0; i < count; i++) {
      double[] matrix = random.doubles(Rotations.SIZE, -1, 1).toArray();
      System.arraycopy(
          Rotations.nearest(matrix, 0), 0, numbers, i * Rotations.SIZE, Rotations.SIZE);
    }
    return numbers;
  }

  /**
   * Fills random codes in.
   *
   * @param value a document
   * @param seed seed of the codes
   * @return the same people with 8 codes of 0 to 1023 each
   */
  public static Value coded(Value value, long seed) {
    Random random = new Random(seed);
    List<Human> coded = new ArrayList<>();
    for (Human human : FILE.of(value)) {
      coded.add(human.withCodes(random.ints(Human.CODES, 0, 1024).boxed().toList()));
    }
    return HumanFile.toValue(coded);
  }

  static Value parse(String json) throws InvalidDataException {
    return new JsonCodec(FILE).decode(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
