package org.anymod.core.transfer;

/** Counts labels that are the class of the highest logit. */
final class Agreement {
  private long counted;
  private long correct;

  /** Logits are (batch, classes, places), labels (batch, places). */
  void add(float[] logits, int classes, int batch, long[] labels) {
    int places = labels.length / batch;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != Examples.IGNORED) {
        counted++;
        int first = i / places * classes * places + i % places;
        if (best(logits, first, classes, places) == labels[i]) {
          correct++;
        }
      }
    }
  }

  private static int best(float[] logits, int first, int classes, int stride) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (logits[first + c * stride] > logits[first + best * stride]) {
        best = c;
      }
    }
    return best;
  }

  double share() {
    return counted == 0 ? 0 : (double) correct / counted;
  }
}
