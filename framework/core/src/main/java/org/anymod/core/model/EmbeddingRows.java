package org.anymod.core.model;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anymod.torch.TableUpdate;
import org.anymod.torch.TouchedRows;

/**
 * Which rows of the tables of a model a step reads, and so can give a gradient: those of visible
 * tokens, those of the ids before sequence targets, and all rows of a head that predicts.
 */
public final class EmbeddingRows {
  private static final String DECODER = "decoder_embeddings.";
  private static final String TABLE = "token_emb.weight";
  private static final String HEAD = "to_logits.weight";

  private EmbeddingRows() {}

  /**
   * Returns how the optimiser treats a tensor.
   *
   * @param name name of the tensor
   * @param tiedHeads whether the decoder's token tables are its heads
   * @param lazy whether what a step does not touch stays as it is
   * @return the treatment; {@link TableUpdate#WHOLE} for all but token tables and heads
   */
  public static TableUpdate update(String name, boolean tiedHeads, boolean lazy) {
    boolean head = name.startsWith(DECODER) && name.endsWith("." + (tiedHeads ? TABLE : HEAD));
    if (!head && !name.endsWith("." + TABLE)) {
      return TableUpdate.WHOLE;
    }
    if (!lazy) {
      return TableUpdate.SPARSE;
    }
    return head ? TableUpdate.TOUCHED : TableUpdate.ROWS;
  }

  /**
   * Collects the rows that the batches of a step touch.
   *
   * @param model the model
   * @param batches the batches
   * @return for each table that is touched, its rows, each once, in ascending order; heads whole
   */
  public static TouchedRows touched(AnyToAnyModel model, List<Batch> batches) {
    Map<String, BitSet> rows = new LinkedHashMap<>();
    Set<String> whole = new LinkedHashSet<>();
    for (int m = 0; m < model.modalities().size(); m++) {
      for (Batch batch : batches) {
        String encoder = ModelWeights.encoderPrefix(model.modalities().get(m));
        add(encoder + TABLE, batch.inputs()[m].ids, rows);
        target(model, m, batch, rows, whole);
      }
    }
    Map<String, long[]> touched = new LinkedHashMap<>();
    rows.forEach((name, set) -> touched.put(name, set.stream().asLongStream().toArray()));
    return new TouchedRows(touched, whole);
  }

  private static void target(
      AnyToAnyModel model, int m, Batch batch, Map<String, BitSet> rows, Set<String> whole) {
    if (batch.targetTokens(m) == 0) {
      return;
    }
    String prefix = ModelWeights.decoderPrefix(model.modalities().get(m));
    if (model.parameters().all().containsKey(prefix + HEAD)) {
      // The softmax gives every row of the head a gradient.
      whole.add(prefix + HEAD);
      add(prefix + TABLE, batch.target(m).ids, rows);
    } else {
      whole.add(prefix + TABLE);
    }
  }

  private static void add(String table, IntBag ids, Map<String, BitSet> rows) {
    if (ids.size() > 0) {
      BitSet set = rows.computeIfAbsent(table, name -> new BitSet());
      for (long id : ids.toArray()) {
        set.set((int) id);
      }
    }
  }
}
