package org.anymod.core.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.AverageRecipe;
import org.anymod.core.recipe.ComponentRecipe;
import org.anymod.core.recipe.DataRecipe;
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.core.recipe.GuardRecipe;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.core.recipe.ParallelRecipe;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.recipe.ResolutionsRecipe;
import org.anymod.core.recipe.ScheduleRecipe;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.core.recipe.TrainingRecipe;
import org.anymod.core.recipe.ValidationRecipe;
import org.anymod.spi.Loss;
import org.anymod.spi.Modality;

/** Tokenized data of three tiny modalities, made once for many trainings. */
public final class TinyWorld {
  /** The only modality with a tokenizer. */
  public static final String TOKENS = "tok_square@8";

  private final Path folder;
  private final List<Modality> modalities =
      List.of(
          new SquareModality("square", true),
          new SquareModality("tok_square", false),
          new PhraseModality());

  private TinyWorld(Path folder) {
    this.folder = folder;
  }

  /** Makes data, vocabulary, tokenizer and tokens. */
  public static TinyWorld in(Path folder) throws Exception {
    TinyWorld world = new TinyWorld(folder);
    SquareRecipe.writeHalves(folder.resolve("data"), "train", 24);
    SquareRecipe.writeHalves(folder.resolve("data"), "val", 6);
    Run run =
        world.open("base", new TrainingRecipe(1, 8, 1e-3, 0, 0, 0.9, 0.95, 0, 1, "mod", 1, 1, 1));
    run.vocabulary(Progress.silent());
    for (UsedModality modality : run.modalities().tokenized()) {
      run.trainTokenizer(modality, Progress.silent(), new StopSignal());
    }
    run.tokenize("train", Progress.silent(), new StopSignal());
    run.tokenize("val", Progress.silent(), new StopSignal());
    return world;
  }

  /** A world that another process has made. */
  public static TinyWorld at(Path folder) {
    return new TinyWorld(folder);
  }

  /** A run whose tokens are there already. */
  public Run prepared(String name, TrainingRecipe training) {
    return open(name, training);
  }

  /** A run of its own on the same tokens. */
  public Run run(String name, TrainingRecipe training) throws IOException {
    for (String part : List.of("tokens", "tokenizers")) {
      copy(folder.resolve("base").resolve(part), folder.resolve(name).resolve(part));
    }
    return open(name, training);
  }

  /** A run that has everything that another one has. */
  public Run again(String from, String name, TrainingRecipe training) throws IOException {
    copy(folder.resolve(from), folder.resolve(name));
    return open(name, training);
  }

  /** A run on the same tokens whose phrases are learned with a loss of their own. */
  public Run losing(String name, TrainingRecipe training, Loss loss) throws IOException {
    Modality phrase =
        new PhraseModality() {
          @Override
          public String modelLoss() {
            return loss.name();
          }
        };
    for (String part : List.of("tokens", "tokenizers")) {
      copy(folder.resolve("base").resolve(part), folder.resolve(name).resolve(part));
    }
    List<Modality> all = List.of(modalities.get(0), modalities.get(1), phrase);
    return new Run(recipe(name, training, usual(), data()), all, List.of(loss));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (!Files.exists(target)) {
          Files.copy(file, target);
        }
      }
    }
  }

  /** A run with trained tokenizers and no tokens, of which few go into a shard. */
  public Run tokenless(String name) throws IOException {
    copy(folder.resolve("base").resolve("tokenizers"), folder.resolve(name).resolve("tokenizers"));
    return tokenizing(name);
  }

  /** A run whose tokenizers are there already, and of whose tokens few go into a shard. */
  public Run tokenizing(String name) {
    return smallShards(name, usual());
  }

  /** A run that trains a tokenizer of these settings. */
  public Run learning(String name, Map<String, Object> settings) {
    Map<String, Object> all = new LinkedHashMap<>(usual().settings());
    all.putAll(settings);
    return smallShards(
        name,
        new TokenizerRecipe(
            Optional.empty(),
            OptionalInt.of(16),
            8,
            6,
            2,
            3e-3,
            0,
            2,
            0.5,
            "auto",
            ResolutionsRecipe.one(),
            4,
            OptionalInt.of(4),
            4,
            all));
  }

  /** A run that trains a tokenizer which has no use for several processes, and fails. */
  public Run lonely(String name) {
    TrainingRecipe training = new TrainingRecipe(1, 8, 1e-3, 0, 0, 0.9, 0.95, 0, 1, "mod", 1, 1, 1);
    TokenizerRecipe tokenizer =
        new TokenizerRecipe(Optional.empty(), OptionalInt.of(16), 5, 8, 3e-3, 2, Map.of());
    List<Modality> lonely =
        List.of(modalities.get(0), LonelyTokenizer.modality("tok_square"), modalities.get(2));
    return new Run(recipe(name, training, tokenizer, data()), lonely, List.of());
  }

  private Run smallShards(String name, TokenizerRecipe tokenizer) {
    DataRecipe data =
        new DataRecipe(
            folder.resolve("data"), "train", "val", 1, 0.8, 0.5, List.of(), 0, "fail", 100, 1, 5);
    return open(
        name,
        new TrainingRecipe(1, 8, 1e-3, 0, 0, 0.9, 0.95, 0, 1, "mod", 1, 1, 1),
        tokenizer,
        data,
        List.of());
  }

  /** A run that has nothing yet, with a tokenizer of its own and losses beside the usual ones. */
  public Run untrained(String name, TokenizerRecipe tokenizer, boolean tensorboard, Loss... more) {
    TrainingRecipe training =
        new TrainingRecipe(
            Optional.empty(),
            1,
            8,
            1e-3,
            0,
            0,
            0.9,
            0.95,
            0,
            1,
            "mod",
            1,
            1,
            1,
            0,
            1,
            "auto",
            List.of(),
            false,
            false,
            tensorboard,
            ScheduleRecipe.cosine(),
            AverageRecipe.off(),
            GuardRecipe.defaults(),
            ValidationRecipe.off(),
            ParallelRecipe.defaults());
    return open(name, training, tokenizer, data(), List.of(more));
  }

  private static TokenizerRecipe usual() {
    return new TokenizerRecipe(
        Optional.empty(),
        OptionalInt.of(16),
        5,
        8,
        3e-3,
        2,
        Map.of("dim", 16, "depth", 1, "heads", 2, "latent", 4, "ema_decay", 0.9));
  }

  private DataRecipe data() {
    return SquareRecipe.data(folder.resolve("data"));
  }

  private Run open(String name, TrainingRecipe training) {
    return open(name, training, usual(), data(), List.of());
  }

  private Run open(
      String name,
      TrainingRecipe training,
      TokenizerRecipe tokenizer,
      DataRecipe data,
      List<Loss> losses) {
    return new Run(recipe(name, training, tokenizer, data), modalities, losses);
  }

  private Recipe recipe(
      String name, TrainingRecipe training, TokenizerRecipe tokenizer, DataRecipe data) {
    ComponentRecipe all = new ComponentRecipe(1, 0.5, Map.of(), 0.5, Map.of(), Map.of());
    SquareRecipe recipe =
        new SquareRecipe(folder.resolve(name), data, SquareRecipe.masking(all), training);
    recipe.tokenizer = Optional.of(tokenizer);
    recipe.model = new ModelRecipe(16, 1, 1, 2, 2, true, false, false, true, "aligned");
    recipe.evaluation = new EvaluationRecipe(0, 4, 1, List.of(), List.of(), 2);
    return recipe.build();
  }
}
