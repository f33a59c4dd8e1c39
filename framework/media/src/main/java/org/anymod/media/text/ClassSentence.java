package org.anymod.media.text;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Labeler;
import org.anymod.spi.Value;

/** Writes a sentence that names the classes of a class map, the largest first. */
public final class ClassSentence implements Labeler {
  /** What stands for the classes in a template. */
  public static final String CLASSES = "{classes}";

  private final String from;
  private final String setting;
  private final Rules rules;

  /**
   * How sentences are written.
   *
   * @param classes name of each class of the maps, class 0 first
   * @param ignored class that is not mentioned
   * @param template the sentence, with the classes at {@value #CLASSES}
   * @param minShare smallest share of the map that a class must cover to be mentioned
   */
  public record Rules(List<String> classes, OptionalInt ignored, String template, double minShare) {

    /** Checks that the template has a place for the classes. */
    public Rules {
      classes = List.copyOf(classes);
      if (!template.contains(CLASSES)) {
        throw new IllegalArgumentException(
            "template is '" + template + "', must contain " + CLASSES);
      }
    }
  }

  /**
   * Creates a labeler.
   *
   * @param from source of the class maps
   * @param setting name of the setting that names the classes, for messages
   * @param rules how sentences are written
   */
  public ClassSentence(String from, String setting, Rules rules) {
    this.from = from;
    this.setting = setting;
    this.rules = rules;
  }

  @Override
  public List<String> from() {
    return List.of(from);
  }

  /**
   * Writes the sentence of a map.
   *
   * @throws IllegalArgumentException if the map holds a class without a name
   */
  @Override
  public Value label(Map<String, Value> inputs) {
    Value.ClassMap map = ValueTypes.classMap(inputs.get(from));
    int[] counts = new int[rules.classes().size()];
    for (int c : map.data()) {
      if (c < 0 || c >= counts.length) {
        throw new IllegalArgumentException(
            setting + " names " + counts.length + " classes, but the map holds class " + c);
      }
      counts[c]++;
    }
    double least = rules.minShare() * map.data().length;
    List<String> names =
        IntStream.range(0, counts.length)
            .filter(c -> counts[c] > 0 && counts[c] >= least && c != rules.ignored().orElse(-1))
            .boxed()
            .sorted(Comparator.comparingInt((Integer c) -> -counts[c]))
            .map(rules.classes()::get)
            .toList();
    return new Value.Text(rules.template().replace(CLASSES, listed(names)));
  }

  private static String listed(List<String> names) {
    if (names.isEmpty()) {
      return "nothing";
    }
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
