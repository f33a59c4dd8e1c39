package org.anymod.media.instances;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.anymod.media.NumberWord;
import org.anymod.media.Point;
import org.anymod.media.Polygon;
import org.anymod.spi.Value;

/** Instances for tests. */
public final class RandomInstances {
  static final InstanceFile FILE = new InstanceFile(NumberWord.CODES);
  static final InstanceRules RULES = rules(7, InstanceRules.PointOrder.RANDOM, false);

  private RandomInstances() {}

  static InstanceRules rules(int points, InstanceRules.PointOrder order, boolean published) {
    return new InstanceRules(224, points, order, 0.0005, NumberWord.CODES, published);
  }

  /**
   * Draws outlines of one to four instances.
   *
   * @param random source of chance
   * @param side side of the square picture
   * @return a document that fits every instance sequence
   */
  public static Value random(Random random, int side) {
    List<Instance> items = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      double x = (0.3 + 0.4 * random.nextDouble()) * side;
      double y = (0.3 + 0.4 * random.nextDouble()) * side;
      List<Point> points = new ArrayList<>();
      for (int corner = 0; corner < 8; corner++) {
        double radius = (0.1 + 0.15 * random.nextDouble()) * side;
        points.add(
            new Point(
                x + radius * Math.cos(corner * Math.PI / 4),
                y + radius * Math.sin(corner * Math.PI / 4)));
      }
      items.add(Instance.of(new Polygon(points)));
    }
    return InstanceFile.toValue(new Instances(side, side, items));
  }

  /**
   * Fills random codes in.
   *
   * @param value a document
   * @param seed seed of the codes
   * @return the same instances with 16 codes of 0 to 1023 each
   */
  public static Value coded(Value value, long seed) {
    Random random = new Random(seed);
    int count = FILE.of(value).items().size();
    return new InstanceText(RULES, FILE, null)
        .withCodes(
            value,
            IntStream.range(0, count)
                .mapToObj(i -> random.ints(16, 0, 1024).toArray())
                .toArray(int[][]::new));
  }

  static Polygon polygon(double... numbers) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < numbers.length; i += 2) {
      points.add(new Point(numbers[i], numbers[i + 1]));
    }
    return new Polygon(points);
  }
}
