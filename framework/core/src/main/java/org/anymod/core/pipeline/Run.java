package org.anymod.core.pipeline;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.anymod.core.Progress;
import org.anymod.core.RunFolders;
import org.anymod.core.StopSignal;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.Datasets;
import org.anymod.core.data.Samples;
import org.anymod.core.data.TokenContract;
import org.anymod.core.masking.Masker;
import org.anymod.core.masking.MaskingPlan;
import org.anymod.core.masking.SpecialTokens;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.tokenize.CroppedValues;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.tokenize.DatasetTokenizer;
import org.anymod.core.tokenize.TokenContracts;
import org.anymod.core.tokenize.TokenizerStore;
import org.anymod.core.tokenize.TokenizerTrainer;
import org.anymod.core.training.Checkpoints;
import org.anymod.core.training.MaskingPlans;
import org.anymod.core.training.ModelInputs;
import org.anymod.core.training.ModelTrainer;
import org.anymod.core.training.TextCodes;
import org.anymod.core.training.TokenDataset;
import org.anymod.core.training.TrainingJournal;
import org.anymod.core.training.TrainingLog;
import org.anymod.core.training.TrainingPlan;
import org.anymod.core.training.Validation;
import org.anymod.core.values.ValueReader;
import org.anymod.networks.loss.StandardLoss;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Loss;
import org.anymod.spi.Modality;
import org.anymod.spi.Tokenizer;
import org.anymod.torch.Precision;
import org.anymod.torch.Torch;

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
    this.device = Torch.device(recipe.device());
    this.precision = precision(recipe.precision(), Precision.defaultFor(device));
    this.tokenizers = new TokenizerStore(recipe, device, losses);
    modalities.tokenized().forEach(tokenizers::settings);
    modalities.all().forEach(Run::checkLoss);
  }

  private static Precision precision(String name, Precision auto) {
    return switch (name) {
      case "float32" -> Precision.FLOAT32;
      case "bfloat16" -> Precision.BFLOAT16;
      default -> auto;
    };
  }

  /** A loss that would be ignored is refused instead. */
  private static void checkLoss(UsedModality modality) {
    String loss = modality.modality().modelLoss();
    if (!loss.equals("cross_entropy")) {
      throw new IllegalArgumentException(
          "modalities."
              + modality.key()
              + ": its plugin asks for the model loss '"
              + loss
              + "', but the model is trained with cross_entropy only");
    }
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
    Path root = recipe.data().root().resolve(split);
    Set<String> wanted = new LinkedHashSet<>(modalities.sources());
    Samples samples = Datasets.open(root, present(root, wanted));
    ValueReader reader = new ValueReader(samples, loaded);
    for (String source : wanted) {
      Optional<String> missing = reader.missing(source);
      if (missing.isPresent()) {
        samples.close();
        throw new DatasetException(root + ": " + missing.get());
      }
    }
    return reader;
  }

  /** Sources with files; the others are for labelers. */
  private static List<String> present(Path root, Collection<String> wanted) throws IOException {
    List<String> present = new ArrayList<>();
    for (String source : wanted) {
      if (Files.isDirectory(root.resolve(source))) {
        present.add(source);
      }
    }
    if (present.isEmpty()) {
      throw new DatasetException(
          root
              + ": none of the folders "
              + wanted
              + " is there; set data.root or make the data first");
    }
    return present;
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
    if (!Files.isRegularFile(file)) {
      if (recipe.text().file().isPresent()) {
        throw new DatasetException(file + ": no such file, named by text.file");
      }
      Files.createDirectories(file.toAbsolutePath().getParent());
      new VocabularyTraining(this).train(progress).write(file);
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
   * @return the log of this call, empty if there was nothing to do
   * @throws Exception if data cannot be read or weights cannot be written
   */
  public List<TokenizerTrainer.LogLine> trainTokenizer(
      UsedModality modality, Progress progress, StopSignal stop) throws Exception {
    if (tokenizers.isTrained(modality)) {
      return List.of();
    }
    ValueReader reader = values(recipe.data().train());
    try (Samples samples = reader.samples()) {
      CroppedValues values = cropped(reader, modality, trainingCrops());
      progress.message(
          "tokenizer "
              + modality.key()
              + ": "
              + samples.size()
              + " samples, "
              + values.size()
              + " crops");
      return new TokenizerTrainer(tokenizers, modality, values, recipe.seed())
          .train(progress, stop);
    }
  }

  /**
   * Tokenizes one split, if that is not done.
   *
   * @param split name of the split
   * @param progress hears how far it is
   * @param stop asks to stop after the current shard
   * @return what a trainer must find beside the tokens
   * @throws Exception if data cannot be read or written
   */
  public boolean tokenize(String split, Progress progress, StopSignal stop) throws Exception {
    CropPlan plan = split.equals(recipe.data().train()) ? trainingCrops() : CropPlan.CENTER;
    Map<String, Tokenizer> open = openTokenizers();
    ValueReader reader = values(split);
    try (Samples samples = reader.samples()) {
      DatasetTokenizer tokenizer = new DatasetTokenizer(modalities, reader, plan, open);
      progress.message("tokenize " + split + ": " + samples.size() + " samples");
      return tokenizer.isDone(folders.tokens(split))
          || tokenizer.write(folders.tokens(split), recipe.name() + " " + split, progress, stop);
    } finally {
      open.values().forEach(Tokenizer::close);
    }
  }

  /**
   * Loads all tokenizers.
   *
   * @return tokenizers by model key; the caller closes them
   * @throws IOException if one is not trained or its file does not fit
   */
  public Map<String, Tokenizer> openTokenizers() throws IOException {
    Map<String, Tokenizer> open = new LinkedHashMap<>();
    try {
      for (UsedModality modality : modalities.tokenized()) {
        open.put(modality.key(), tokenizers.load(modality));
      }
      return open;
    } catch (IOException e) {
      open.values().forEach(Tokenizer::close);
      throw e;
    }
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

  private AnyToAnyModel createModel(TextTokenizer text, Precision precision) {
    return new AnyToAnyModel(
        recipe.model(), ModelInputs.of(modalities, text), recipe.seed(), device, precision);
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
    SpecialTokens special = SpecialTokens.of(text);
    MaskingPlan plan = MaskingPlans.of(recipe.masking(), modalities);
    String validation = recipe.data().validation();
    boolean validates = recipe.training().validation().every() > 0;
    try (TokenDataset data = tokens(recipe.data().train(), trainingCrops(), text);
        TokenDataset unseen = validates ? tokens(validation, CropPlan.CENTER, text) : null;
        TrainingJournal journal =
            new TrainingJournal(folders.logs(), recipe.training().tensorboard());
        AnyToAnyModel model = createModel(text, training)) {
      progress.message(
          "model: "
              + model.parameters().count()
              + " parameters, "
              + data.size()
              + " training samples");
      ModelTrainer trainer =
          new ModelTrainer(
              model,
              recipe.training(),
              recipe.masking(),
              new Masker(plan, special),
              data,
              checkpoints(),
              journal,
              ModelMetadata.of(recipe, modalities),
              recipe.seed());
      if (validates) {
        trainer.validating(
            new Validation(model, recipe.training(), plan, special, unseen, recipe.seed()));
      }
      return adjust.apply(trainer).train(progress, stop);
    }
  }

  private TokenDataset tokens(String split, CropPlan plan, TextTokenizer text) throws IOException {
    Map<String, Tokenizer> open = openTokenizers();
    Map<String, TokenContract> contracts;
    try {
      contracts = TokenContracts.of(modalities, plan, open);
    } finally {
      open.values().forEach(Tokenizer::close);
    }
    return new TokenDataset(folders.tokens(split), modalities, contracts, new TextCodes(text));
  }
}
