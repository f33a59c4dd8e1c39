package org.anymod.core.pipeline;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.anymod.core.data.Samples;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.tokenize.AlternatingValues;
import org.anymod.core.tokenize.TokenizerValues;
import org.anymod.core.values.ValueReader;

/**
 * What one tokenizer learns from: the training split of its modality, or those of all modalities
 * that share it, by turns.
 */
final class TrainingSamples implements Closeable {
  private final List<Samples> open = new ArrayList<>();
  private final List<TokenizerValues> values = new ArrayList<>();
  private final List<String> titles = new ArrayList<>();
  private ValueReader reader;

  private TrainingSamples() {}

  /**
   * Opens the splits.
   *
   * @param sized a modality at the size that values are loaded at
   */
  static TrainingSamples open(Run run, UsedModality modality, UnaryOperator<UsedModality> sized)
      throws IOException {
    TrainingSamples samples = new TrainingSamples();
    try {
      for (UsedModality sharing : run.modalities().tokenized()) {
        if (sharing.tokenizer().equals(modality.tokenizer())) {
          ValueReader reader = samples.add(run, sharing, sized);
          if (sharing.key().equals(modality.key())) {
            samples.reader = reader;
          }
        }
      }
      return samples;
    } catch (IOException | RuntimeException e) {
      samples.close();
      throw e;
    }
  }

  private ValueReader add(Run run, UsedModality sharing, UnaryOperator<UsedModality> sized)
      throws IOException {
    ValueReader own = run.data().values(run.recipe().data().train(), sharing);
    open.add(own.samples());
    TokenizerValues part =
        run.data().tokenizerValues(own, sized.apply(sharing), run.data().trainingCrops());
    values.add(part);
    String what = sharing.coded().isPresent() ? " parts" : " crops";
    titles.add(sharing.key() + ": " + own.samples().size() + " samples, " + part.size() + what);
    return own;
  }

  /** What it is, for people. */
  String title() {
    return String.join("; ", titles);
  }

  TokenizerValues values() {
    return values.size() == 1 ? values.get(0) : new AlternatingValues(values);
  }

  /** Whole values of the modality itself. */
  ValueReader reader() {
    return reader;
  }

  @Override
  public void close() throws IOException {
    for (Samples samples : open) {
      samples.close();
    }
  }
}
