package org.anymod.media.colors;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;

/**
 * Palettes as {@code v1=k v0=r v0=g v0=b ...}: the number of colours and their levels. Which of a
 * picture's palettes is written is drawn anew each time (arXiv 2406.09406, appendix D).
 */
final class PaletteText implements TextForm {
  private static final Pattern WORD = Pattern.compile("v([01])=(\\d{1,3})");
  private static final int BINS = 1000;

  @Override
  public List<String> write(Value value, RandomGenerator random) {
    Palettes palettes = Palettes.of(value);
    if (palettes.bySize().isEmpty()) {
      return List.of("");
    }
    List<Integer> sizes = List.copyOf(palettes.bySize().keySet());
    int size = sizes.get(random.nextInt(sizes.size()));
    StringBuilder text = new StringBuilder("v1=").append(size);
    for (double[] color : palettes.bySize().get(size)) {
      for (double level : color) {
        text.append(" v0=").append((int) Math.rint(level));
      }
    }
    return List.of(text.toString());
  }

  /**
   * Reads as many whole colours as there are, at most as many as {@code v1} says and at most seven;
   * levels above 255 count as 255.
   */
  @Override
  public Value read(String text) {
    int size = Palettes.MAX_COLORS;
    List<Double> levels = new ArrayList<>();
    for (String word : text.strip().split("\\s+")) {
      Matcher matcher = WORD.matcher(word);
      if (matcher.matches()) {
        int number = Integer.parseInt(matcher.group(2));
        if (matcher.group(1).equals("0")) {
          levels.add(Math.min(number, Palettes.MAX_LEVEL));
        } else if (number <= Palettes.MAX_COLORS) {
          size = number;
        }
      }
    }
    List<double[]> colors = new ArrayList<>();
    for (int i = 0; i + 2 < levels.size() && colors.size() < size; i += Palettes.CHANNELS) {
      colors.add(new double[] {levels.get(i), levels.get(i + 1), levels.get(i + 2)});
    }
    TreeMap<Integer, List<double[]>> bySize = new TreeMap<>();
    if (!colors.isEmpty()) {
      bySize.put(colors.size(), colors);
    }
    return new Palettes(bySize).toValue();
  }

  @Override
  public int coordinateBins() {
    return BINS;
  }
}
