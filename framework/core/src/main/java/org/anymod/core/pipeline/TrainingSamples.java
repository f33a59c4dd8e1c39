package org.anymod.core.pipeline;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.anymod.core.data.Samples;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.tokenize.AlternatingValues;
import org.anymod.core.tokenize.TokenizerValues;
import org.anymod.core.values.ValueReader;

/**
 * What one tokenizer learns from: the training split of its modality, or those of all modalities
 * that share it, by turns.
 *
 * @param title what it is, for people
 * @param values the values
 * @param open files to close
 */
record TrainingSamples(String title, TokenizerValues values, List<Samples> open)
    implements Closeable {

  static TrainingSamples open(Run run, RunData data, UsedModality modality) throws IOException {
    List<Samples> open = new ArrayList<>();
    List<TokenizerValues> values = new ArrayList<>();
    List<String> titles = new ArrayList<>();
    try {
      for (UsedModality sharing : run.modalities().tokenized()) {
        if (sharing.tokenizer().equals(modality.tokenizer())) {
          ValueReader reader = data.values(run.recipe().data().train(), sharing);
          open.add(reader.samples());
          values.add(run.tokenizerValues(reader, sharing, run.trainingCrops()));
          int count = values.get(values.size() - 1).size();
          String what = sharing.coded().isPresent() ? " parts" : " crops";
          titles.add(sharing.key() + ": " + reader.samples().size() + " samples, " + count + what);
        }
      }
    } catch (IOException | RuntimeException e) {
      new TrainingSamples("", null, open).close();
      throw e;
    }
    TokenizerValues all = values.size() == 1 ? values.get(0) : new AlternatingValues(values);
    return new TrainingSamples(String.join("; ", titles), all, open);
  }

  @Override
  public void close() throws IOException {
    for (Samples samples : open) {
      samples.close();
    }
  }
}
