package org.anymod.core.sampling;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.masking.SpecialTokens;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.Batch;
import org.anymod.core.model.Inference;
import org.anymod.spi.Kind;
import org.anymod.torch.TensorScope;

/**
 * Embedded tokens of what the rows of a chain know. Each modality is embedded once and again only
 * when more of it becomes known.
 */
final class TokenBank implements AutoCloseable {
  private final AnyToAnyModel model;
  private final SpecialTokens text;
  private final TensorScope scope;
  private final Map<Integer, Chunk> shown = new HashMap<>();
  private final Map<Integer, Chunk> hidden = new HashMap<>();

  TokenBank(AnyToAnyModel model, SpecialTokens text) {
    this.model = model;
    this.text = text;
    this.scope = model.scope().open();
  }

  /**
   * Tokens of one modality.
   *
   * @param tokens tokens of all rows, row after row; null if there are none
   * @param counts tokens of each row
   */
  record Chunk(Inference.Tokens tokens, int[] counts) {
    int total() {
      return Arrays.stream(counts).sum();
    }
  }

  /** What the rows know of a modality, in order of the rows. */
  Chunk shown(int modality, List<Row> rows) {
    return shown.computeIfAbsent(modality, m -> embed(m, rows, scope));
  }

  /** Embeds what the rows know of a modality. */
  Chunk embed(int modality, List<Row> rows, TensorScope owner) {
    int[] counts = rows.stream().mapToInt(row -> shownTokens(row, modality)).toArray();
    int longest = Arrays.stream(counts).max().orElse(0);
    if (longest == 0) {
      return new Chunk(null, counts);
    }
    Batch batch = new Batch(model.modalities(), rows.size(), longest, 1);
    for (Row row : rows) {
      batch.nextSample();
      if (row.get(modality) != null) {
        row.get(modality).show(batch, modality);
      }
    }
    return new Chunk(keep(batch, owner), counts);
  }

  private static int shownTokens(Row row, int modality) {
    return row.get(modality) == null ? 0 : row.get(modality).shown();
  }

  /**
   * What stands for a modality that is hidden or still to come: one sentinel of a sequence, one
   * vector of zeros, nothing of a grid or picture.
   */
  Chunk hidden(int modality) {
    return hidden.computeIfAbsent(modality, this::sentinel);
  }

  private Chunk sentinel(int modality) {
    Kind kind = model.modalities().get(modality).kind();
    if (kind instanceof Kind.TokenGrid || kind instanceof Kind.PixelPatches) {
      return new Chunk(null, new int[] {0});
    }
    Batch batch = new Batch(model.modalities(), 1, 1, 1);
    batch.nextSample();
    if (kind instanceof Kind.EmbeddingSequence) {
      batch.showVectors(modality, new float[0], new int[] {-1});
    } else {
      batch.showSequence(modality, new int[] {text.sentinel(1)});
    }
    return new Chunk(keep(batch, scope), new int[] {1});
  }

  /** Embeds a batch; of what that makes, only the result stays. */
  private Inference.Tokens keep(Batch batch, TensorScope owner) {
    try (TensorScope work = owner.open()) {
      Inference.Tokens tokens = model.inference().embed(batch, work);
      tokens.content().attach(owner.manager());
      tokens.places().attach(owner.manager());
      return tokens;
    }
  }

  /** More has become known of a modality. */
  void forget(int modality) {
    Chunk old = shown.remove(modality);
    if (old != null && old.tokens() != null) {
      old.tokens().close();
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
