package org.anymod.core.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.Progress;
import org.anymod.core.checkpoint.TrainedTokens;
import org.anymod.core.data.TokenContract;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.tokenize.TokenContracts;
import org.anymod.core.training.TextCodes;
import org.anymod.core.training.TokenDataset;
import org.anymod.spi.Tokenizer;

/** What the tokens of a run mean, and the tokenizers that make them. */
public final class RunTokens {
  private final Run run;
  private final RunDatasets datasets;

  RunTokens(Run run, RunDatasets datasets) {
    this.run = run;
    this.datasets = datasets;
  }

  /**
   * Loads all tokenizers.
   *
   * @return tokenizers by model key, the same one for keys that share it; the caller closes them,
   *     where closing one again does nothing
   * @throws IOException if one is not trained or its file does not fit
   */
  public Map<String, Tokenizer> openTokenizers() throws IOException {
    Map<String, Tokenizer> open = new LinkedHashMap<>();
    Map<String, Tokenizer> byOwner = new HashMap<>();
    try {
      for (UsedModality modality : run.modalities().tokenized()) {
        String owner = modality.tokenizer().orElseThrow().key();
        Tokenizer tokenizer = byOwner.get(owner);
        if (tokenizer == null) {
          tokenizer = run.tokenizers().load(modality);
          byOwner.put(owner, tokenizer);
        }
        open.put(modality.key(), tokenizer);
      }
      return open;
    } catch (IOException e) {
      open.values().forEach(Tokenizer::close);
      throw e;
    }
  }

  /**
   * Returns what lies beside the tokens of a split.
   *
   * @param plan how its crops are made
   * @return contracts by model key
   * @throws IOException if a tokenizer is not trained or its file does not fit
   */
  public Map<String, TokenContract> contracts(CropPlan plan) throws IOException {
    Map<String, Tokenizer> open = openTokenizers();
    try {
      return contracts(plan, open);
    } finally {
      open.values().forEach(Tokenizer::close);
    }
  }

  Map<String, TokenContract> contracts(CropPlan plan, Map<String, Tokenizer> open) {
    return TokenContracts.of(run.modalities(), plan, open, run.tokenizers());
  }

  /**
   * Checks that the newest checkpoint, if there is one, was trained with the tokenizers and the
   * vocabulary that the run has now.
   *
   * @throws org.anymod.core.data.DatasetException naming what differs
   * @throws IOException if a file cannot be read
   */
  public void checkTrained() throws IOException {
    Optional<Path> newest = run.model().checkpoints().latestModel();
    if (newest.isPresent()) {
      TrainedTokens now = TrainedTokens.of(contracts(run.data().trainingCrops()), run.modalities());
      TrainedTokens.check(newest.get(), now.with(run.vocabulary(Progress.silent())));
    }
  }

  /** Opens the tokens that the model is trained on; the caller closes them. */
  TokenDataset seen(Map<String, TokenContract> contracts, TextCodes text) throws IOException {
    return datasets.tokens(contracts, text);
  }

  /** Opens the tokens of the validation split; the caller closes them. */
  TokenDataset unseen(TextCodes text) throws IOException {
    Path tokens = run.folders().tokens(run.recipe().data().validation());
    return new TokenDataset(tokens, run.modalities(), contracts(CropPlan.CENTER), text);
  }
}
