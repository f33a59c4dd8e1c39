package org.anymod.core.sampling;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.anymod.core.model.DecoderCache;
import org.anymod.core.model.Inference;
import org.anymod.torch.TensorScope;

/** Feeds one id at a time; sequences that are finished leave the caches. */
final class CachedIds implements IdSource {
  private final Inference inference;
  private final int modality;
  private final TensorScope scope;
  private final int passes;
  private final int sequences;
  private DecoderCache cache;
  private List<int[]> groups;
  private int[] active;

  /**
   * What the sequences are made of.
   *
   * @param packing groups of encoded entries, pass after pass
   * @param rows number of rows that were encoded
   * @param rowOf for each sequence its row among them
   * @param passes number of passes
   */
  record Entries(Packing packing, int rows, int[] rowOf, int passes) {
    /** For each place of a group the sequences that begin with it. */
    List<int[]> places() {
      return packing.groups().stream().map(group -> pairs(group, false)).toList();
    }

    /** For each of these the entry that it becomes: {@code pass * sequences + sequence}. */
    List<int[]> entries() {
      return packing.groups().stream().map(group -> pairs(group, true)).toList();
    }

    private int[] pairs(int[] group, boolean entry) {
      IntStream.Builder pairs = IntStream.builder();
      for (int i = 0; i < group.length; i++) {
        for (int s = 0; s < rowOf.length; s++) {
          if (group[i] % rows == rowOf[s]) {
            pairs.add(entry ? group[i] / rows * rowOf.length + s : i);
          }
        }
      }
      return pairs.build().toArray();
    }
  }

  /**
   * Takes sequences into caches of their own.
   *
   * @param base what the encoded rows gave; outlives this
   */
  CachedIds(
      Inference inference, int modality, DecoderCache base, Entries entries, TensorScope scope) {
    this.inference = inference;
    this.modality = modality;
    this.scope = scope;
    this.passes = entries.passes();
    this.sequences = entries.rowOf().length;
    this.active = Places.all(sequences);
    this.groups = entries.entries();
    this.cache = base.select(entries.places(), scope);
  }

  @Override
  public NDArray next(int[][] prefix, int n, int[] wanted, TensorScope step) {
    if (wanted.length < active.length) {
      shrink(wanted);
    }
    long[] ids =
        groups.stream()
            .flatMapToInt(Arrays::stream)
            .mapToLong(entry -> prefix[entry % sequences][n - 1])
            .toArray();
    NDArray decoded = cache.next(ids, step);
    return inference.logits(decoded, slots(), modality, step);
  }

  /** Where each pass and active sequence stands in the batch. */
  private long[] slots() {
    long[] slotOf = new long[passes * sequences];
    int at = 0;
    for (int[] group : groups) {
      for (int entry : group) {
        slotOf[entry] = at++;
      }
    }
    return IntStream.range(0, passes)
        .boxed()
        .flatMapToLong(p -> Arrays.stream(active).mapToLong(s -> slotOf[p * sequences + s]))
        .toArray();
  }

  private void shrink(int[] wanted) {
    List<int[]> taken = new ArrayList<>();
    List<int[]> left = new ArrayList<>();
    for (int[] group : groups) {
      int[] places =
          IntStream.range(0, group.length)
              .filter(i -> Arrays.binarySearch(wanted, group[i] % sequences) >= 0)
              .toArray();
      taken.add(places);
      if (places.length > 0) {
        left.add(Arrays.stream(places).map(i -> group[i]).toArray());
      }
    }
    DecoderCache smaller = cache.select(taken, scope);
    cache.close();
    cache = smaller;
    groups = left;
    active = wanted;
  }

  @Override
  public void close() {
    cache.close();
  }
}
