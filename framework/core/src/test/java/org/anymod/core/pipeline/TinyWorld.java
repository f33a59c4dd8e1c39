package org.anymod.core.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.core.recipe.GuardRecipe;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.core.recipe.ParallelRecipe;
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
    return open(name, training, tokenizer, List.of(more));
  }

  private Run open(String name, TrainingRecipe training) {
    TokenizerRecipe tokenizer =
        new TokenizerRecipe(
            Optional.empty(),
            OptionalInt.of(16),
            5,
            8,
            3e-3,
            2,
            Map.of("dim", 16, "depth", 1, "heads", 2, "latent", 4, "ema_decay", 0.9));
    return open(name, training, tokenizer, List.of());
  }

  private Run open(
      String name, TrainingRecipe training, TokenizerRecipe tokenizer, List<Loss> losses) {
    ComponentRecipe all = new ComponentRecipe(1, 0.5, Map.of(), 0.5, Map.of(), Map.of());
    SquareRecipe recipe =
        new SquareRecipe(
            folder.resolve(name),
            SquareRecipe.data(folder.resolve("data")),
            SquareRecipe.masking(all),
            training);
    recipe.tokenizer = Optional.of(tokenizer);
    recipe.model = new ModelRecipe(16, 1, 1, 2, 2, true, false, false, true, "aligned");
    recipe.evaluation = new EvaluationRecipe(0, 4, 1, List.of(), List.of(), 2);
    return new Run(recipe.build(), modalities, losses);
  }
}
