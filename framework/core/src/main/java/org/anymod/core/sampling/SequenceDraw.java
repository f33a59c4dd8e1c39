package org.anymod.core.sampling;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.torch.TensorScope;

/** Sequences that are drawn side by side, id by id, each until it is complete. */
final class SequenceDraw {
  private final ChainState chain;
  private final Link link;
  private final List<Open> open;
  private final int[][] prefix;
  private final int[] length;

  /**
   * A sequence to draw.
   *
   * @param row number of its row
   * @param gaps what is missing of it
   * @param limit most ids to draw
   * @param choices what is left to chance
   */
  record Open(int row, Gaps gaps, int limit, Choices choices) {}

  SequenceDraw(ChainState chain, Link link, List<Open> open) {
    this.chain = chain;
    this.link = link;
    this.open = open;
    this.prefix = new int[open.size()][];
    this.length = new int[open.size()];
    int longest = open.stream().mapToInt(Open::limit).max().orElseThrow() + 1;
    for (int s = 0; s < prefix.length; s++) {
      // As long as the longest, so that those that are finished can be read beyond their end.
      prefix[s] = new int[longest];
      prefix[s][0] = open.get(s).gaps().start();
      length[s] = 1;
    }
  }

  /** Draws until all sequences are complete or have reached their limit. */
  void run(IdSource ids, Passes passes, int vocabulary, TensorScope scope) {
    int[] active = IntStream.range(0, prefix.length).toArray();
    for (int n = 1; active.length > 0; n++) {
      chain.checkStopped();
      float[] logits;
      try (TensorScope step = scope.open()) {
        logits = passes.combine(ids.next(prefix, n, active, step), 0, step).toFloatArray();
      }
      boolean[] goesOn = new boolean[prefix.length];
      for (int i = 0; i < active.length; i++) {
        goesOn[active[i]] = append(active[i], i, logits, vocabulary);
      }
      active = Places.where(goesOn, true);
    }
  }

  /** Draws the next id; returns whether the sequence goes on. */
  private boolean append(int s, int number, float[] logits, int vocabulary) {
    Open own = open.get(s);
    SamplingRecipe settings = link.settings();
    Logits next = Logits.of(logits, number, vocabulary, settings.temperature(), settings);
    int place = length[s] - 1;
    int id = own.choices().token(own.row(), link.modality(), place, next, new float[1]);
    prefix[s][length[s]++] = id;
    int drawn = length[s] - 1;
    return drawn < own.limit() && !own.gaps().isComplete(ids(s), drawn);
  }

  /** Ids of a sequence after its start. */
  private int[] ids(int s) {
    return Arrays.copyOfRange(prefix[s], 1, length[s]);
  }

  /** The sequence with what was drawn in place of its gaps. */
  int[] result(int s) {
    return open.get(s).gaps().merge(ids(s));
  }
}
