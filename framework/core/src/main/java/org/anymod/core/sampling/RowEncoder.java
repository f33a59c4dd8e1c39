package org.anymod.core.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.Inference;
import org.anymod.torch.TensorScope;

/** Shows what rows know to the encoder, in several passes that hide different things. */
final class RowEncoder {
  private final AnyToAnyModel model;

  RowEncoder(AnyToAnyModel model) {
    this.model = model;
  }

  /**
   * Encoded rows, pass after pass.
   *
   * @param packing groups of entries; entry {@code p * rows + r} is row r in pass p
   * @param contexts context of each group
   */
  record Encoded(Packing packing, List<AnyToAnyModel.Context> contexts) {}

  /** Tokens that entries point to: those of one modality begin at {@code first}. */
  private record Source(TokenBank.Chunk chunk, int first, boolean ofEachRow) {}

  /**
   * Encodes rows.
   *
   * @param chain the rows, what is embedded of them and what is still to come
   * @param active numbers of the rows to encode
   * @param passes what each pass hides
   * @param changing modalities that change from step to step
   * @param scope owner of the contexts
   */
  Encoded encode(
      ChainState chain, int[] active, Passes passes, Set<Integer> changing, TensorScope scope) {
    List<Inference.Tokens> parts = new ArrayList<>();
    int modalities = model.modalities().size();
    Source[] shown = new Source[modalities];
    Source[] hidden = new Source[modalities];
    int total = 0;
    for (int m = 0; m < modalities; m++) {
      if (model.modalities().get(m).declaration().isInput()) {
        boolean changes = changing.contains(m);
        TokenBank.Chunk own =
            changes
                ? chain.bank().embed(m, chain.rows(), scope)
                : chain.bank().shown(m, chain.rows());
        shown[m] = new Source(own, total, true);
        total += add(own, parts);
        if (chain.mayHide(m, passes)) {
          TokenBank.Chunk none = chain.bank().hidden(m);
          hidden[m] = new Source(none, total, false);
          total += add(none, parts);
        }
      }
    }
    long[][] entries = entries(chain, active, passes, shown, hidden);
    return encode(entries, parts, total, scope);
  }

  private static int add(TokenBank.Chunk chunk, List<Inference.Tokens> parts) {
    if (chunk.tokens() == null) {
      return 0;
    }
    parts.add(chunk.tokens());
    return chunk.total();
  }

  /** For each entry the tokens that the encoder sees. */
  private long[][] entries(
      ChainState chain, int[] active, Passes passes, Source[] shown, Source[] hidden) {
    long[][] entries = new long[passes.count() * active.length][];
    for (int p = 0; p < passes.count(); p++) {
      for (int a = 0; a < active.length; a++) {
        List<long[]> tokens = new ArrayList<>();
        for (int m = 0; m < shown.length; m++) {
          if (shown[m] != null) {
            boolean hides =
                chain.isHidden(m, active[a], passes.hidden().get(p)) && hidden[m] != null;
            Source source = hides ? hidden[m] : shown[m];
            tokens.add(range(source, active[a]));
          }
        }
        entries[p * active.length + a] = tokens.stream().flatMapToLong(Arrays::stream).toArray();
      }
    }
    return entries;
  }

  private static long[] range(Source source, int row) {
    int[] counts = source.chunk().counts();
    int own = source.ofEachRow() ? row : 0;
    long first = source.first();
    for (int r = 0; r < own; r++) {
      first += counts[r];
    }
    long[] range = new long[counts[own]];
    for (int i = 0; i < range.length; i++) {
      range[i] = first + i;
    }
    return range;
  }

  private Encoded encode(
      long[][] entries, List<Inference.Tokens> parts, int total, TensorScope scope) {
    Packing packing = Packing.of(Arrays.stream(entries).mapToInt(e -> e.length).toArray());
    List<AnyToAnyModel.Context> contexts = new ArrayList<>();
    try (TensorScope work = scope.open()) {
      Inference.Tokens tokens = model.inference().join(parts, work);
      for (int[] group : packing.groups()) {
        contexts.add(group(group, entries, tokens, total, scope));
      }
    }
    return new Encoded(packing, contexts);
  }

  private AnyToAnyModel.Context group(
      int[] group, long[][] entries, Inference.Tokens tokens, long padding, TensorScope scope) {
    long[] lengths = Arrays.stream(group).mapToLong(e -> entries[e].length).toArray();
    int budget = (int) Arrays.stream(lengths).max().orElse(0);
    long[] slots = new long[group.length * budget];
    Arrays.fill(slots, padding);
    for (int i = 0; i < group.length; i++) {
      System.arraycopy(entries[group[i]], 0, slots, i * budget, (int) lengths[i]);
    }
    try (TensorScope work = scope.open()) {
      AnyToAnyModel.Context context = model.inference().encode(tokens, slots, lengths, work);
      context.context().attach(scope.manager());
      if (!context.mask().isEmpty()) {
        context.mask().attach(scope.manager());
      }
      return context;
    }
  }
}
