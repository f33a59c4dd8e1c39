package org.anymod.core.masking;

import java.util.random.RandomGenerator;

/** Divides the places of a grid into visible, target and unused ones. */
final class GridMasking {
  private static final byte VISIBLE = 1;
  private static final byte TARGET = 2;

  private GridMasking() {}

  /** Draws visible and target places at random; no place is both. */
  static Masked.Grid mask(int places, int inputBudget, int targetBudget, RandomGenerator random) {
    int visible = Math.min(inputBudget, places);
    int target = Math.min(targetBudget, places - visible);
    return split(draw(places, visible + target, random), visible, target);
  }

  /**
   * Splits places in random order.
   *
   * @param order all places; the first ones are visible, the next ones targets
   */
  static Masked.Grid split(int[] order, int visible, int target) {
    byte[] use = new byte[order.length];
    for (int i = 0; i < visible; i++) {
      use[order[i]] = VISIBLE;
    }
    for (int i = visible; i < visible + target; i++) {
      use[order[i]] = TARGET;
    }
    return new Masked.Grid(places(use, VISIBLE, visible), places(use, TARGET, target));
  }

  /** All places, of which the first {@code drawn} are a random sample in random order. */
  private static int[] draw(int places, int drawn, RandomGenerator random) {
    int[] order = new int[places];
    for (int i = 0; i < places; i++) {
      order[i] = i;
    }
    for (int i = 0; i < drawn; i++) {
      int j = i + random.nextInt(places - i);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  private static int[] places(byte[] use, byte wanted, int count) {
    int[] places = new int[count];
    int at = 0;
    for (int i = 0; at < count; i++) {
      if (use[i] == wanted) {
        places[at++] = i;
      }
    }
    return places;
  }
}
