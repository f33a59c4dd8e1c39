package org.anymod.core.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.anymod.core.recipe.GuardRecipe;

/**
 * The losses of the last steps, from which follows what loss is a spike. The limit of a step leaves
 * out the step right before it, so that it is the same whether that loss has been read from the
 * device by then or not.
 */
final class LossWindow {
  private static final int FEWEST = 16;

  private final Deque<Entry> entries = new ArrayDeque<>();
  private final int size;
  private final double factor;

  private record Entry(long step, float loss) {}

  LossWindow(GuardRecipe recipe) {
    this.size = recipe.window();
    this.factor = recipe.spike();
  }

  /** Notes the loss of a step that was made; steps come in order. */
  void add(long step, float loss) {
    if (factor > 0) {
      entries.addLast(new Entry(step, loss));
      if (entries.size() > size + 1) {
        entries.removeFirst();
      }
    }
  }

  /** Returns the largest loss that is no spike at a step; infinite where too few are known. */
  double limit(long step) {
    List<Entry> before = entries.stream().filter(e -> e.step() < step - 1).toList();
    double[] known =
        before.subList(Math.max(0, before.size() - size), before.size()).stream()
            .mapToDouble(Entry::loss)
            .sorted()
            .toArray();
    if (factor == 0 || known.length < FEWEST) {
      return Double.POSITIVE_INFINITY;
    }
    int middle = known.length / 2;
    double median = known.length % 2 == 1 ? known[middle] : (known[middle - 1] + known[middle]) / 2;
    return factor * median;
  }

  /** The window as a text from which {@link #restore} makes it again, number by number. */
  String text() {
    return entries.stream().map(e -> e.step() + ":" + e.loss()).collect(Collectors.joining(" "));
  }

  void restore(String text) {
    entries.clear();
    for (String entry : text.split(" ")) {
      int colon = entry.indexOf(':');
      if (colon > 0) {
        add(
            Long.parseLong(entry.substring(0, colon)),
            Float.parseFloat(entry.substring(colon + 1)));
      }
    }
  }
}
