package org.anymod.core.sampling;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.anymod.core.masking.SpecialTokens;

/**
 * What is missing of a sequence: a sentinel stands for each gap, and its content is drawn after
 * that sentinel. The sentinel after the last one ends the whole.
 */
final class Gaps {
  private final SpecialTokens text;
  private final int[] shown;
  private final int count;

  private Gaps(SpecialTokens text, int[] shown, int count) {
    this.text = text;
    this.shown = shown;
    this.count = count;
  }

  /**
   * Finds the gaps of a sequence. Sentinels are numbered in order, as in training.
   *
   * @param known what is known of it; null for nothing, which is one gap
   * @return the gaps; empty if nothing is missing
   * @throws IllegalArgumentException if there are more gaps than the vocabulary has sentinels
   */
  static Optional<Gaps> of(Known known, SpecialTokens text) {
    int[] ids =
        known == null ? new int[] {text.sentinel(1)} : ((Known.Sequence) known).ids().clone();
    int count = 0;
    for (int i = 0; i < ids.length; i++) {
      if (text.isSentinel(ids[i])) {
        count++;
        if (count + 1 >= text.sentinels()) {
          throw new IllegalArgumentException(
              "a sequence has more than "
                  + (text.sentinels() - 2)
                  + " gaps, which is all that the vocabulary has sentinels for");
        }
        ids[i] = text.sentinel(count);
      }
    }
    return count == 0 ? Optional.empty() : Optional.of(new Gaps(text, ids, count));
  }

  /** What the encoder sees of the sequence. */
  int[] shown() {
    return shown.clone();
  }

  /** The id with which drawing starts. */
  int start() {
    return text.sentinel(1);
  }

  /** Most ids that the gaps can take, sentinels included, if the whole has a greatest length. */
  int room(int longest) {
    return Math.max(1, longest - (shown.length - count) + count);
  }

  /**
   * Whether the sequence is complete.
   *
   * @param drawn ids after the start
   * @param length how many of them count, at least 1
   */
  boolean isComplete(int[] drawn, int length) {
    int newest = drawn[length - 1];
    if (newest == text.sentinel(count + 1)) {
      return true;
    }
    boolean open = shown[shown.length - 1] == text.sentinel(count);
    return newest == text.eos() && open && gapOf(drawn, length) == text.sentinel(count);
  }

  /** The sentinel of the gap that the newest id is in. */
  private int gapOf(int[] drawn, int length) {
    return IntStream.range(0, length)
        .map(i -> drawn[length - 1 - i])
        .filter(text::isSentinel)
        .findFirst()
        .orElse(start());
  }

  /**
   * Puts what was drawn in place of the sentinels. What follows a sentinel without a gap is
   * dropped.
   *
   * @param drawn ids after the start
   * @return the ids of the sequence
   */
  int[] merge(int[] drawn) {
    int[] all = new int[drawn.length + 1];
    all[0] = start();
    System.arraycopy(drawn, 0, all, 1, drawn.length);
    return merge(shown, all, text);
  }

  /** Replaces each sentinel of a sequence by the ids that follow it among the drawn ones. */
  static int[] merge(int[] shown, int[] drawn, SpecialTokens text) {
    Map<Integer, int[]> runs = new HashMap<>();
    for (int i = 0; i < drawn.length; i++) {
      if (text.isSentinel(drawn[i])) {
        int end = i + 1;
        while (end < drawn.length && !text.isSentinel(drawn[end])) {
          end++;
        }
        runs.put(drawn[i], Arrays.copyOfRange(drawn, i + 1, end));
      }
    }
    return Arrays.stream(shown)
        .flatMap(
            id ->
                text.isSentinel(id)
                    ? Arrays.stream(runs.getOrDefault(id, new int[0]))
                    : IntStream.of(id))
        .toArray();
  }
}
