package org.anymod.core.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.anymod.core.Progress;
import org.anymod.core.checkpoint.CheckpointFile;
import org.anymod.core.checkpoint.CheckpointLoader;
import org.anymod.core.checkpoint.TrainedTokens;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.TokenContract;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.sampling.Sampler;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.tokenize.TokenContracts;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.spi.Tokenizer;

/**
 * The newest weights of a run with its tokenizers, ready to sample. For use by one thread at a
 * time.
 */
public final class LoadedModel implements AutoCloseable {
  private final Run run;
  private final AnyToAnyModel model;
  private final Map<String, Tokenizer> tokenizers;
  private final TextTokenizer vocabulary;
  private final Map<String, TokenContract> contracts;
  private final Sampler sampler;

  private LoadedModel(
      Run run,
      AnyToAnyModel model,
      Map<String, Tokenizer> tokenizers,
      TextTokenizer vocabulary,
      Map<String, TokenContract> contracts) {
    this.run = run;
    this.model = model;
    this.tokenizers = tokenizers;
    this.vocabulary = vocabulary;
    this.contracts = contracts;
    this.sampler = new Sampler(model, vocabulary);
  }

  /**
   * Loads the newest checkpoint of a run.
   *
   * @param run the run
   * @return the model; closing it frees its tensors
   * @throws IOException if the run is not trained or a file does not fit
   */
  public static LoadedModel open(Run run) throws IOException {
    Path file =
        run.model()
            .weights()
            .orElseThrow(
                () ->
                    new DatasetException(
                        run.folders().checkpoints()
                            + ": no checkpoint; train the model first (anymod train)"));
    TextTokenizer vocabulary = run.vocabulary(Progress.silent());
    Map<String, Tokenizer> tokenizers = run.tokens().openTokenizers();
    AnyToAnyModel model = run.model().create(vocabulary);
    try (CheckpointFile weights = CheckpointFile.open(file)) {
      Map<String, TokenContract> contracts =
          TokenContracts.of(run.modalities(), CropPlan.CENTER, tokenizers, run.tokenizers());
      TrainedTokens.check(file, TrainedTokens.of(contracts, run.modalities()).with(vocabulary));
      CheckpointLoader.load(weights, model);
      return new LoadedModel(run, model, tokenizers, vocabulary, contracts);
    } catch (IOException | RuntimeException e) {
      model.close();
      tokenizers.values().forEach(Tokenizer::close);
      throw e;
    }
  }

  /**
   * Returns the run.
   *
   * @return the run
   */
  public Run run() {
    return run;
  }

  /**
   * Returns the sampler of the model.
   *
   * @return the sampler
   */
  public Sampler sampler() {
    return sampler;
  }

  /**
   * Returns the vocabulary of text-like modalities.
   *
   * @return the vocabulary
   */
  public TextTokenizer vocabulary() {
    return vocabulary;
  }

  /**
   * Returns what the tokens of each modality mean.
   *
   * @return contracts by model key
   */
  public Map<String, TokenContract> contracts() {
    return contracts;
  }

  /**
   * Returns the converter of values that cuts what is too long.
   *
   * @return the converter
   */
  ModelValues values() {
    return new ModelValues(tokenizers, vocabulary, true);
  }

  /**
   * Returns the converter of values that refuses what is too long.
   *
   * @return the converter
   */
  public ModelValues strictValues() {
    return new ModelValues(tokenizers, vocabulary, false);
  }

  /**
   * Returns the number of tensors alive in the model, which does not grow from request to request.
   *
   * @return the number
   */
  public int liveTensors() {
    return model.scope().liveTensors();
  }

  @Override
  public void close() {
    model.close();
    tokenizers.values().forEach(Tokenizer::close);
  }
}
