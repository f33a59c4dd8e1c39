package org.anymod.media.body;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.media.Box;
import org.anymod.media.NumberWord;

/** Reads people from words, whatever else is between them. */
final class HumanReading {
  private static final double BOX_SCALE = HumanCrop.SIDE / (NumberWord.BINS - 1);

  private final int vocabulary;

  HumanReading(int vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Returns the people with a box and all four groups, which may be in any order. */
  List<Human> humans(String text) {
    List<Human> humans = new ArrayList<>();
    List<String> words = List.of(text.strip().split("\\s+"));
    int start = words.indexOf("human");
    while (start >= 0) {
      List<String> rest = words.subList(start + 1, words.size());
      int length = rest.indexOf("human");
      human(length < 0 ? rest : rest.subList(0, length)).ifPresent(humans::add);
      start = length < 0 ? -1 : start + 1 + length;
    }
    return humans;
  }

  private Optional<Human> human(List<String> words) {
    Optional<Box> box = box(words);
    Map<NumberGroup, List<NumberWord>> groups = new EnumMap<>(NumberGroup.class);
    for (NumberGroup group : NumberGroup.values()) {
      int at = words.indexOf(group.word());
      if (at >= 0) {
        numbers(words, at + 1, group.count()).ifPresent(found -> groups.put(group, found));
      }
    }
    if (box.isEmpty() || groups.size() < NumberGroup.values().length) {
      return Optional.empty();
    }
    List<Integer> codes =
        groups.get(NumberGroup.POSE).stream()
            .flatMap(word -> word.code().stream())
            .filter(code -> code < vocabulary)
            .toList();
    if (codes.size() < Human.CODES) {
      return Optional.empty();
    }
    return Optional.of(
        new Human(
            box.get(),
            values(groups, NumberGroup.CAMERA),
            values(groups, NumberGroup.GLOBAL),
            Optional.empty(),
            values(groups, NumberGroup.SHAPE),
            Optional.of(codes)));
  }

  private static Optional<Box> box(List<String> words) {
    return numbers(words, 0, 4)
        .map(found -> found.stream().mapToInt(NumberWord::number).toArray())
        .filter(sides -> sides[0] <= sides[2] && sides[1] <= sides[3])
        .map(sides -> Arrays.stream(sides).mapToDouble(side -> side * BOX_SCALE).toArray())
        .map(sides -> new Box(sides[0], sides[1], sides[2], sides[3]));
  }

  /** Returns the number words from a place on, if there are enough without others between. */
  private static Optional<List<NumberWord>> numbers(List<String> words, int from, int count) {
    if (from + count > words.size()) {
      return Optional.empty();
    }
    List<NumberWord> numbers =
        words.subList(from, from + count).stream()
            .flatMap(word -> NumberWord.parse(word).stream())
            .toList();
    return numbers.size() == count ? Optional.of(numbers) : Optional.empty();
  }

  private static double[] values(Map<NumberGroup, List<NumberWord>> groups, NumberGroup group) {
    return groups.get(group).stream().mapToDouble(word -> group.number(word.number())).toArray();
  }
}
