package org.anymod.core.pipeline;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.anymod.core.Progress;
import org.anymod.core.RunFolders;
import org.anymod.core.StopSignal;
import org.anymod.core.checkpoint.TrainedTokens;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.TokenContract;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.ModelInventory;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.tokenize.CroppedValues;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.tokenize.PartValues;
import org.anymod.core.tokenize.TokenContracts;
import org.anymod.core.tokenize.TokenizerStore;
import org.anymod.core.tokenize.TokenizerValues;
import org.anymod.core.tokenize.training.TokenizerWatcher;
import org.anymod.core.training.Checkpoints;
import org.anymod.core.training.ModelInputs;
import org.anymod.core.training.ModelTrainer;
import org.anymod.core.training.TextCodes;
import org.anymod.core.training.TokenDataset;
import org.anymod.core.training.TrainingLog;
import org.anymod.core.training.TrainingPlan;
import org.anymod.core.values.ValueReader;
import org.anymod.networks.loss.StandardLoss;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Loss;
import org.anymod.spi.Modality;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;
import org.anymod.torch.Precision;
import org.anymod.torch.Torch;
import org.anymod.torch.parallel.Communicator;
import org.anymod.torch.parallel.Launch;
import org.anymod.torch.parallel.Ranks;

/**
 * A recipe with the plugins it uses, and the stages that lead from data to a trained model. Each
 * stage keeps its result in the run's folder; calling it again does what is missing, and nothing
 * where all is there.
 */
public final class Run {
  private final Recipe recipe;
  private final Collection<? extends Modality> loaded;
  private final ModalitySet modalities;
  private final List<Loss> losses = new ArrayList<>(StandardLoss.all());
  private final RunFolders folders;
  private final Device device;
  private final Precision precision;
  private final TokenizerStore tokenizers;
  private final RunData data;
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
    this.loaded = List.copyOf(loaded);
    this.modalities = ModalitySet.of(recipe, loaded);
    for (Loss loss : pluginLosses) {
      if (losses.stream().anyMatch(other -> other.name().equals(loss.name()))) {
        throw new IllegalArgumentException("two losses are named '" + loss.name() + "'");
      }
      losses.add(loss);
    }
    this.folders = new RunFolders(recipe.output());
    this.device = Torch.device(recipe.device(), Launch.current().localRank());
    this.precision = precision(recipe.precision(), Precision.defaultFor(device));
    this.tokenizers = new TokenizerStore(recipe, device, losses);
    this.data = new RunData(recipe, this.loaded, modalities);
    modalities.tokenized().forEach(tokenizers::checkSizes);
    modalities.all().forEach(modality -> ModelInputs.loss(modality, losses));
  }

  private static Precision precision(String name, Precision auto) {
    return switch (name) {
      case "float32" -> Precision.FLOAT32;
      case "bfloat16" -> Precision.BFLOAT16;
      default -> auto;
    };
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
   * Returns the run's tokenizers.
   *
   * @return the store
   */
  public TokenizerStore tokenizers() {
    return tokenizers;
  }

  /**
   * Opens the values of a split.
   *
   * @param split name of the split
   * @return the reader; the caller closes its samples
   * @throws IOException if data is missing; the message says what was looked for
   */
  public ValueReader values(String split) throws IOException {
    return data.values(split);
  }

  /**
   * Opens the values of a split whose samples need not have everything.
   *
   * @param split name of the split
   * @return the reader; the caller closes its samples
   * @throws IOException if a source is missing altogether; the message says what was looked for
   */
  public ValueReader incompleteValues(String split) throws IOException {
    return data.incompleteValues(split);
  }

  /**
   * Opens cropped values of one modality.
   *
   * @param reader values of a split
   * @param modality the modality
   * @param plan how crops are made
   * @return the values
   */
  public CroppedValues cropped(ValueReader reader, UsedModality modality, CropPlan plan) {
    return new CroppedValues(reader, modality, modalities.sources(), plan);
  }

  /**
   * Returns how crops of the training split are made.
   *
   * @return the plan
   */
  public CropPlan trainingCrops() {
    return CropPlan.training(recipe.data(), recipe.seed());
  }

  /**
   * Trains the text vocabulary, if it is not there.
   *
   * @param progress hears how far it is
   * @return the vocabulary
   * @throws IOException if data cannot be read or the vocabulary cannot be written
   */
  public TextTokenizer vocabulary(Progress progress) throws IOException {
    Path file = recipe.text().file().orElse(folders.vocabulary());
    if (ranks.asFirst(!Files.isRegularFile(file))) {
      if (recipe.text().file().isPresent()) {
        throw new DatasetException(file + ": no such file, named by text.file");
      }
      if (ranks.isFirst()) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        new VocabularyTraining(this).train(progress).write(file);
      }
      ranks.barrier();
    }
    try {
      return TextTokenizer.read(file);
    } catch (InvalidDataException e) {
      throw new DatasetException(e.getMessage(), e);
    }
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
      new TokenizerTraining(this, data, modality).train(watcher, progress, stop);
    }
  }

  /**
   * Opens what the tokenizer of a modality takes: its cropped values, or the parts of these where
   * only they have codes.
   *
   * @param reader values of a split
   * @param modality a modality with a tokenizer
   * @param plan how crops are made
   * @return the values
   * @throws IOException if there are no parts, for which all values are read
   */
  public TokenizerValues tokenizerValues(ValueReader reader, UsedModality modality, CropPlan plan)
      throws IOException {
    CroppedValues values = cropped(reader, modality, plan);
    return modality.coded().isPresent()
        ? new PartValues(values, modality.coded().get(), modality.key())
        : values;
  }

  /**
   * Returns the one value that answers all questions for a modality best, the yardstick of skill.
   *
   * @param modality a modality with a tokenizer
   * @return the constant of its metric over centres of the training split
   * @throws IOException if data cannot be read
   */
  public Value bestConstant(UsedModality modality) throws IOException {
    return new TokenizerTraining(this, data, modality).constant();
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
    return tokenizing().tokenize(split, progress, stop);
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
    return TokenContracts.of(modalities, plan, open, tokenizers);
  }

  /**
   * Checks that the newest checkpoint, if there is one, was trained with the tokenizers and the
   * vocabulary that the run has now.
   *
   * @throws DatasetException naming what differs
   * @throws IOException if a file cannot be read
   */
  public void checkTrainedTokens() throws IOException {
    Optional<Path> newest = checkpoints().latestModel();
    if (newest.isPresent()) {
      TrainedTokens now = TrainedTokens.of(contracts(trainingCrops()), modalities);
      TrainedTokens.check(newest.get(), now.with(vocabulary(Progress.silent())));
    }
  }

  /** Opens the tokens that the model is trained on; the caller closes them. */
  TokenDataset trainingTokens(Map<String, TokenContract> contracts, TextCodes text)
      throws IOException {
    return data.tokens(contracts, text);
  }

  private RunTokenizing tokenizing() {
    return new RunTokenizing(this, data, loaded);
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
    return tokenizing().importTokens(split, from, progress, stop);
  }

  /**
   * Loads all tokenizers.
   *
   * @return tokenizers by model key, the same one for keys that share it; the caller closes them
   * @throws IOException if one is not trained or its file does not fit
   */
  public Map<String, Tokenizer> openTokenizers() throws IOException {
    return tokenizing().open();
  }

  /**
   * Creates the model with fresh weights.
   *
   * @param text the vocabulary
   * @return the model; closing it frees its tensors
   */
  public AnyToAnyModel createModel(TextTokenizer text) {
    return createModel(text, precision);
  }

  AnyToAnyModel createModel(TextTokenizer text, Precision precision) {
    return new AnyToAnyModel(
        recipe.model(), ModelInputs.of(modalities, text, losses), recipe.seed(), device, precision);
  }

  /**
   * Lists the tensors of the model, without making it.
   *
   * @return the inventory
   * @throws IOException if the vocabulary cannot be read, or made from the data
   */
  public ModelInventory inventory() throws IOException {
    TextTokenizer text = vocabulary(Progress.silent());
    return ModelInventory.of(recipe.model(), ModelInputs.of(modalities, text, losses));
  }

  /**
   * Returns the model's checkpoints.
   *
   * @return the checkpoints
   */
  public Checkpoints checkpoints() {
    return new Checkpoints(
        folders.checkpoints(), recipe.training().keepCheckpoints(), recipe.training().keepEvery());
  }

  /**
   * Returns the weights to predict with: of the newest checkpoint their moving average if the
   * recipe wants it and it is there, else the trained ones.
   *
   * @return the file; empty if there is no checkpoint
   * @throws IOException if the folder cannot be read
   */
  public Optional<Path> weights() throws IOException {
    Optional<Path> average =
        recipe.training().ema().use() ? checkpoints().latestAverage() : Optional.empty();
    return average.isPresent() ? average : checkpoints().latestModel();
  }

  /**
   * Returns how long the model is trained and at what rates.
   *
   * @return the plan
   */
  public TrainingPlan trainingPlan() {
    return TrainingPlan.of(recipe.training(), recipe.masking());
  }

  /**
   * Returns the log of the model's training.
   *
   * @return the log
   */
  public TrainingLog trainingLog() {
    return new TrainingLog(folders.logs().resolve("train.jsonl"));
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
    TextTokenizer text = vocabulary(progress);
    Precision training = precision(recipe.training().precision(), precision);
    return new RunTraining(this, data).train(text, training, progress, stop, adjust);
  }

  /**
   * Measures the losses of weights on the validation split, whose tokens must be there. Samples and
   * masks follow from the recipe alone, so that the figures of several weights compare.
   *
   * @param weights files, each with all weights of the recipe's model and possibly more modalities
   * @return the losses of each, in their order
   * @throws Exception if a file cannot be read or does not fit the recipe
   */
  public List<WeightLosses> losses(List<Path> weights) throws Exception {
    return WeightLosses.measure(this, new RunTraining(this, data), weights);
  }
}
