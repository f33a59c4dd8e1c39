package org.anymod.core.pipeline;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.anymod.core.Progress;
import org.anymod.core.RunFolders;
import org.anymod.core.StopSignal;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.tokenize.TokenizerStore;
import org.anymod.core.tokenize.training.TokenizerWatcher;
import org.anymod.core.training.ModelTrainer;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.spi.Loss;
import org.anymod.spi.Modality;
import org.anymod.torch.Torch;
import org.anymod.torch.parallel.Communicator;
import org.anymod.torch.parallel.Launch;
import org.anymod.torch.parallel.Ranks;

/**
 * A recipe with the plugins it uses, and the stages that lead from data to a trained model:
 * vocabulary, tokenizers, tokens, model. Each stage keeps its result in the run's folder; calling
 * it again does what is missing, and nothing where all is there.
 */
public final class Run {
  private final Recipe recipe;
  private final ModalitySet modalities;
  private final RunFolders folders;
  private final Device device;
  private final TokenizerStore tokenizers;
  private final RunDatasets datasets;
  private final RunData data;
  private final RunModel model;
  private Communicator ranks = Communicator.single();

  /**
   * Opens a run.
   *
   * @param recipe the recipe
   * @param loaded modalities of all plugins
   * @param pluginLosses losses of all plugins
   * @throws IllegalArgumentException if the recipe names what no plugin brings, or a device that is
   *     not there
   */
  public Run(
      Recipe recipe,
      Collection<? extends Modality> loaded,
      Collection<? extends Loss> pluginLosses) {
    this.recipe = recipe;
    this.modalities = ModalitySet.of(recipe, loaded);
    List<Loss> losses = RunModel.losses(pluginLosses);
    this.folders = new RunFolders(recipe.output());
    this.device = Torch.device(recipe.device(), Launch.current().localRank());
    this.tokenizers = new TokenizerStore(recipe, device, losses);
    this.datasets = new RunDatasets(recipe, modalities);
    this.data = new RunData(recipe, datasets, List.copyOf(loaded), modalities);
    modalities.tokenized().forEach(tokenizers::checkSizes);
    this.model = new RunModel(recipe, modalities, losses, device);
  }

  /**
   * Joins the other processes that the launcher has started, if there are any, to do the stages of
   * the run together; they must all call the same ones. Alone, a run does them all by itself.
   *
   * @throws org.anymod.torch.parallel.ParallelException if a library is missing
   */
  public void joinRanks() {
    ranks = Ranks.join(device);
  }

  /**
   * Returns the processes that work on the run.
   *
   * @return the ranks; a single one unless {@link #joinRanks} found others
   */
  public Communicator ranks() {
    return ranks;
  }

  /**
   * Makes this process do all that follows by itself, whatever the others do.
   *
   * @return the processes that it worked with, to which the caller may go on speaking
   */
  public Communicator leaveRanks() {
    Communicator left = ranks;
    ranks = Communicator.single();
    return left;
  }

  /**
   * Returns the recipe.
   *
   * @return the recipe
   */
  public Recipe recipe() {
    return recipe;
  }

  /**
   * Returns the modality set.
   *
   * @return the modalities in model order
   */
  public ModalitySet modalities() {
    return modalities;
  }

  /**
   * Returns where the run keeps its results.
   *
   * @return the folders
   */
  public RunFolders folders() {
    return folders;
  }

  /**
   * Returns the values that the run starts from.
   *
   * @return the data
   */
  public RunData data() {
    return data;
  }

  /**
   * Returns the run's tokenizers.
   *
   * @return the store
   */
  public TokenizerStore tokenizers() {
    return tokenizers;
  }

  /**
   * Returns what the run's tokens mean.
   *
   * @return the tokens
   */
  public RunTokens tokens() {
    return new RunTokens(this, datasets);
  }

  /**
   * Returns the run's model.
   *
   * @return the model, which may not be trained yet
   */
  public RunModel model() {
    return model;
  }

  /**
   * Trains the text vocabulary, if it is not there.
   *
   * @param progress hears how far it is
   * @return the vocabulary
   * @throws IOException if data cannot be read or the vocabulary cannot be written
   */
  public TextTokenizer vocabulary(Progress progress) throws IOException {
    return new RunVocabulary(this).readOrTrain(progress);
  }

  /**
   * Trains one tokenizer, if it is not there.
   *
   * @param modality a modality with a tokenizer
   * @param progress hears how far it is
   * @param stop asks to stop; what was learned so far is kept
   * @throws Exception if data cannot be read or weights cannot be written
   */
  public void trainTokenizer(UsedModality modality, Progress progress, StopSignal stop)
      throws Exception {
    trainTokenizer(modality, seen -> {}, progress, stop);
  }

  /**
   * Trains one tokenizer, if it is not there, and shows what comes back from it on the way.
   *
   * @param modality a modality with a tokenizer
   * @param watcher sees reconstructions of held-out values
   * @param progress hears how far it is
   * @param stop asks to stop; what was learned so far is kept
   * @throws Exception if data cannot be read or weights cannot be written
   */
  public void trainTokenizer(
      UsedModality modality, TokenizerWatcher watcher, Progress progress, StopSignal stop)
      throws Exception {
    if (ranks.asFirst(!tokenizers.isTrained(modality))) {
      new TokenizerTraining(this, modality).train(watcher, progress, stop);
    }
  }

  /**
   * Tokenizes one split, if that is not done.
   *
   * @param split name of the split
   * @param progress hears how far it is
   * @param stop asks to stop after the current group of samples
   * @return whether it came to the end
   * @throws Exception if data cannot be read or written
   */
  public boolean tokenize(String split, Progress progress, StopSignal stop) throws Exception {
    return new RunTokenizing(this, datasets).tokenize(split, progress, stop);
  }

  /**
   * Takes tokens that were computed elsewhere as the run's own, with what else a split needs.
   *
   * @param split name of the split that they become
   * @param from folder with {@code .npy} files (crops, tokens) under each model key, crop settings,
   *     and the raw files of all other modalities
   * @param progress hears how far it is
   * @param stop asks to stop after the current group of samples
   * @return whether it came to the end
   * @throws Exception if data cannot be read or written, or does not fit the modalities of the run;
   *     the message names the file
   */
  public boolean importTokens(String split, Path from, Progress progress, StopSignal stop)
      throws Exception {
    return new RunTokenizing(this, datasets).importTokens(split, from, progress, stop);
  }

  /**
   * Trains the model, from the newest checkpoint on.
   *
   * @param progress hears how far it is
   * @param stop asks to stop after the current step, which leaves a checkpoint
   * @return steps done in all
   * @throws Exception if data cannot be read or a checkpoint cannot be written
   */
  public long trainModel(Progress progress, StopSignal stop) throws Exception {
    return trainModel(progress, stop, trainer -> trainer);
  }

  /**
   * Trains the model, from the newest checkpoint on, with a trainer that the caller may adjust.
   *
   * @param progress hears how far it is
   * @param stop asks to stop after the current step, which leaves a checkpoint
   * @param adjust called once before the training starts
   * @return steps done in all
   * @throws Exception if data cannot be read or a checkpoint cannot be written
   */
  public long trainModel(Progress progress, StopSignal stop, UnaryOperator<ModelTrainer> adjust)
      throws Exception {
    return new RunTraining(this).train(progress, stop, adjust);
  }
}
