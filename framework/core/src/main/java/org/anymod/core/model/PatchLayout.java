package org.anymod.core.model;

import org.anymod.spi.Kind;

/** The order of numbers in a patch of a picture. */
final class PatchLayout {
  private PatchLayout() {}

  /** Row in patch, column in patch, channel fastest: the order of published checkpoints. */
  static void cut(Kind.PixelPatches kind, float[] pixels, int place, float[] patch) {
    int p = kind.patch();
    int top = place / kind.columns() * p;
    int left = place % kind.columns() * p;
    int at = 0;
    for (int y = 0; y < p; y++) {
      for (int x = 0; x < p; x++) {
        for (int c = 0; c < kind.channels(); c++) {
          patch[at++] = pixels[(c * kind.height() + top + y) * kind.width() + left + x];
        }
      }
    }
  }
}
