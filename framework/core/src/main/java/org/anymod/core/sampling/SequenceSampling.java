package org.anymod.core.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.anymod.core.masking.SpecialTokens;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.DecoderCache;
import org.anymod.core.model.ModelModality;
import org.anymod.torch.TensorScope;

/** Draws the ids of sequences one after the other, whole ones or what their gaps miss. */
final class SequenceSampling {
  /** Sequences that are drawn side by side where each row is drawn several times. */
  private static final int AT_ONCE = 16;

  private final AnyToAnyModel model;
  private final SpecialTokens text;
  private final RowEncoder encoder;
  private final boolean caches;

  SequenceSampling(AnyToAnyModel model, SpecialTokens text, RowEncoder encoder, boolean caches) {
    this.model = model;
    this.text = text;
    this.encoder = encoder;
    this.caches = caches;
  }

  /** Draws each row once and writes what comes to it. */
  void sample(ChainState chain, Link link, Passes passes) {
    write(chain.rows(), link, draw(chain, link, passes, List.of(chain.choices())).get(0));
  }

  /** Writes what was drawn to rows; null where nothing was missing. */
  static void write(List<Row> rows, Link link, int[][] drawn) {
    for (int r = 0; r < drawn.length; r++) {
      if (drawn[r] != null) {
        rows.get(r).set(link.modality(), new Known.Sequence(drawn[r]));
      }
    }
  }

  /**
   * Draws each row several times. The encoder runs once.
   *
   * @param times what is left to chance each time
   * @return for each time and row the ids of the sequence; null where nothing is missing
   */
  List<int[][]> draw(ChainState chain, Link link, Passes passes, List<Choices> times) {
    List<SequenceDraw.Open> open = open(chain, link);
    List<int[][]> results = new ArrayList<>();
    times.forEach(time -> results.add(new int[chain.rows().size()][]));
    if (!open.isEmpty()) {
      try (TensorScope scope = model.scope().open()) {
        draw(chain, link, passes, times, open, results, scope);
      }
    }
    return results;
  }

  /** The rows in which something is missing. */
  private List<SequenceDraw.Open> open(ChainState chain, Link link) {
    int m = link.modality();
    int longest = model.modalities().get(m).kind().maxTokens();
    int asked = link.settings().maxTokens();
    int most = asked == 0 ? longest : Math.min(asked, longest);
    List<SequenceDraw.Open> open = new ArrayList<>();
    for (int r = 0; r < chain.rows().size(); r++) {
      Row row = chain.rows().get(r);
      Optional<Gaps> gaps = Gaps.of(row.get(m), text);
      if (gaps.isPresent()) {
        int limit = Math.min(most, gaps.get().room(longest));
        open.add(new SequenceDraw.Open(r, gaps.get(), limit, chain.choices()));
        if (row.get(m) != null) {
          row.set(m, new Known.Sequence(gaps.get().shown()));
        }
      }
    }
    chain.bank().forget(m);
    return open;
  }

  private void draw(
      ChainState chain,
      Link link,
      Passes passes,
      List<Choices> times,
      List<SequenceDraw.Open> open,
      List<int[][]> results,
      TensorScope scope) {
    int[] rows = open.stream().mapToInt(SequenceDraw.Open::row).toArray();
    RowEncoder.Encoded encoded = encoder.encode(chain, rows, passes, Set.of(), scope);
    IdSources sources = new IdSources(link.modality(), encoded, passes.count(), open, scope);
    ModelModality modality = model.modalities().get(link.modality());
    int atOnce = caches ? Math.max(1, AT_ONCE / rows.length) : 1;
    for (int t = 0; t < times.size(); t += atOnce) {
      int end = Math.min(times.size(), t + atOnce);
      List<SequenceDraw.Open> all = new ArrayList<>();
      for (Choices choices : times.subList(t, end)) {
        open.forEach(o -> all.add(new SequenceDraw.Open(o.row(), o.gaps(), o.limit(), choices)));
      }
      SequenceDraw draw = new SequenceDraw(chain, link, all);
      try (IdSource ids = sources.open(end - t)) {
        draw.run(ids, passes, modality.vocabulary(), scope);
      }
      for (int s = 0; s < all.size(); s++) {
        results.get(t + s / rows.length)[all.get(s).row()] = draw.result(s);
      }
    }
  }

  /** Opens sources of ids for rows that are encoded. */
  private final class IdSources {
    private final int modality;
    private final RowEncoder.Encoded encoded;
    private final int passes;
    private final int rows;
    private final TensorScope scope;
    private final Optional<DecoderCache> base;

    IdSources(
        int modality,
        RowEncoder.Encoded encoded,
        int passes,
        List<SequenceDraw.Open> open,
        TensorScope scope) {
      this.modality = modality;
      this.encoded = encoded;
      this.passes = passes;
      this.rows = open.size();
      this.scope = scope;
      int capacity = open.stream().mapToInt(SequenceDraw.Open::limit).max().orElseThrow();
      // Its owner is the scope, which ends after all that is taken from it.
      this.base =
          caches
              ? Optional.of(model.inference().open(modality, encoded.contexts(), capacity, scope))
              : Optional.empty();
    }

    /** Opens a source for each row a number of times; sequence {@code t * rows + r}. */
    IdSource open(int times) {
      if (base.isEmpty()) {
        return new RecomputedIds(model, modality, encoded, passes, rows);
      }
      int[] rowOf = IntStream.range(0, times * rows).map(s -> s % rows).toArray();
      return new CachedIds(
          model.inference(),
          modality,
          base.get(),
          new CachedIds.Entries(encoded.packing(), rows, rowOf, passes),
          scope);
    }
  }
}
