package org.anymod.media.boxes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.anymod.media.Box;
import org.anymod.media.NumberWord;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;

/**
 * Boxes as {@code v0=xmin v1=ymin v2=xmax v3=ymax class ...}, coordinates as parts of 999 (arXiv
 * 2406.09406, appendix D). No boxes are an empty text.
 */
final class BoxText implements TextForm {
  private static final double SCALE = NumberWord.BINS - 1;

  private final LabelledBoxes boxes;
  private final List<String> labels;
  private final Map<String, String> byLowerCase = new HashMap<>();

  BoxText(LabelledBoxes boxes, List<String> labels) {
    this.boxes = boxes;
    this.labels = labels;
    labels.forEach(label -> byLowerCase.put(label.toLowerCase(Locale.ROOT), label));
  }

  @Override
  public List<String> write(Value value, RandomGenerator random) {
    return List.of(
        boxes.told(value, random).stream().map(BoxText::words).collect(Collectors.joining(" ")));
  }

  private static String words(LabelledBox detection) {
    Box box = detection.box();
    return NumberWord.nearest(0, box.left() * SCALE)
        + " "
        + NumberWord.nearest(1, box.top() * SCALE)
        + " "
        + NumberWord.nearest(2, box.right() * SCALE)
        + " "
        + NumberWord.nearest(3, box.bottom() * SCALE)
        + " "
        + detection.label();
  }

  /**
   * Reads all boxes that have four numbers in order and a known class; each {@code v0} starts a new
   * one. Words after the class that do not belong to its name are left out.
   */
  @Override
  public Value read(String text) {
    List<LabelledBox> read = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (String word : text.strip().split("\\s+")) {
      Optional<NumberWord> number = NumberWord.parse(word);
      if (number.isEmpty()) {
        words.add(word);
        continue;
      }
      if (number.get().kind() == 0) {
        detection(numbers, words).ifPresent(read::add);
        numbers.clear();
        words.clear();
      }
      numbers.add(number.get().number());
    }
    detection(numbers, words).ifPresent(read::add);
    return LabelledBoxes.toValue(read);
  }

  private Optional<LabelledBox> detection(List<Integer> numbers, List<String> words) {
    if (numbers.size() != 4 || numbers.get(0) > numbers.get(2) || numbers.get(1) > numbers.get(3)) {
      return Optional.empty();
    }
    Box box =
        new Box(
            numbers.get(0) / SCALE,
            numbers.get(1) / SCALE,
            numbers.get(2) / SCALE,
            numbers.get(3) / SCALE);
    return label(words).map(label -> new LabelledBox(box, label, 1));
  }

  /** Returns the longest name that the words start with. */
  private Optional<String> label(List<String> words) {
    for (int count = words.size(); count > 0; count--) {
      String name = String.join(" ", words.subList(0, count)).toLowerCase(Locale.ROOT);
      if (byLowerCase.containsKey(name)) {
        return Optional.of(byLowerCase.get(name));
      }
    }
    return Optional.empty();
  }

  @Override
  public List<String> words() {
    return labels;
  }

  @Override
  public int coordinateBins() {
    return NumberWord.BINS;
  }
}
