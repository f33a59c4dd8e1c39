package org.anymod.core.sampling;

import java.util.List;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.Batch;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.torch.TensorScope;

/** Shows what is known of rows to the encoder. */
final class RowEncoder {
  private final AnyToAnyModel model;
  private final TextTokenizer text;

  RowEncoder(AnyToAnyModel model, TextTokenizer text) {
    this.model = model;
    this.text = text;
  }

  /** Encodes rows; sequences that are still to come are shown as hidden. */
  AnyToAnyModel.Context encode(List<Row> rows, List<Integer> pending, TensorScope scope) {
    int longest = 1;
    for (Row row : rows) {
      longest = Math.max(longest, shownTokens(row, pending));
    }
    Batch batch = new Batch(model.modalities(), rows.size(), longest, 1);
    for (Row row : rows) {
      batch.nextSample();
      for (int m = 0; m < model.modalities().size(); m++) {
        if (model.modalities().get(m).declaration().isInput()) {
          if (row.get(m) != null) {
            row.get(m).show(batch, m);
          } else if (pending.contains(m)) {
            // A sequence still to come is shown as one hidden span.
            batch.showSequence(m, new int[] {text.sentinel(1)});
          }
        }
      }
    }
    return model.encode(batch, scope);
  }

  private int shownTokens(Row row, List<Integer> pending) {
    int count = 0;
    for (int m = 0; m < model.modalities().size(); m++) {
      Known known = row.get(m);
      if (!model.modalities().get(m).declaration().isInput()) {
        continue;
      } else if (known == null) {
        count += pending.contains(m) ? 1 : 0;
      } else if (known instanceof Known.Grid grid) {
        count += Places.where(grid.visible(), true).length;
      } else if (known instanceof Known.Pixels pixels) {
        count += pixels.shown();
      } else if (known instanceof Known.Sequence sequence) {
        count += sequence.ids().length;
      } else if (known instanceof Known.Vectors vectors) {
        count += vectors.shown();
      }
    }
    return count;
  }
}
