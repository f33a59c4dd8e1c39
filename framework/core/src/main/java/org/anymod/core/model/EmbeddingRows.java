package org.anymod.core.model;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.torch.Parameters;

/**
 * Which rows of the tables of a model a step reads, and so can give a gradient: those of visible
 * tokens, those of the ids before sequence targets, and all rows of a head that predicts.
 */
public final class EmbeddingRows {
  private static final String TABLE = "token_emb.weight";
  private static final String HEAD = "to_logits.weight";

  private EmbeddingRows() {}

  /**
   * Returns whether a tensor is a table of which a step may touch only some rows.
   *
   * @param name name of the tensor
   * @return true for token embeddings and heads
   */
  public static boolean isTable(String name) {
    return name.endsWith("." + TABLE) || name.endsWith("." + HEAD);
  }

  /**
   * Collects the rows that the batches of a step touch.
   *
   * @param model the model
   * @param batches the batches
   * @return for each table that is touched, its rows, each once, in ascending order
   */
  public static Map<String, long[]> touched(AnyToAnyModel model, List<Batch> batches) {
    Map<String, BitSet> rows = new LinkedHashMap<>();
    for (int m = 0; m < model.modalities().size(); m++) {
      for (Batch batch : batches) {
        input(model, m, batch, rows);
        target(model, m, batch, rows);
      }
    }
    Map<String, long[]> touched = new LinkedHashMap<>();
    rows.forEach((name, set) -> touched.put(name, set.stream().asLongStream().toArray()));
    return touched;
  }

  private static void input(AnyToAnyModel model, int m, Batch batch, Map<String, BitSet> rows) {
    add(ModelWeights.encoderPrefix(model.modalities().get(m)) + TABLE, batch.inputs()[m].ids, rows);
  }

  private static void target(AnyToAnyModel model, int m, Batch batch, Map<String, BitSet> rows) {
    if (batch.targetTokens(m) == 0) {
      return;
    }
    String prefix = ModelWeights.decoderPrefix(model.modalities().get(m));
    Parameters parameters = model.parameters();
    boolean tied = !parameters.all().containsKey(prefix + HEAD);
    String head = prefix + (tied ? TABLE : HEAD);
    // The softmax gives every row of the head a gradient.
    BitSet all = rows.computeIfAbsent(head, name -> new BitSet());
    all.set(0, (int) parameters.get(head).getShape().get(0));
    if (!tied) {
      add(prefix + TABLE, batch.target(m).ids, rows);
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
