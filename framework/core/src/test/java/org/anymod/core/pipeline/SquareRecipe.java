package org.anymod.core.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.anymod.core.recipe.ComponentRecipe;
import org.anymod.core.recipe.DataRecipe;
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.core.recipe.MaskingRecipe;
import org.anymod.core.recipe.ModalityRecipe;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.core.recipe.TextRecipe;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.core.recipe.TrainingRecipe;
import org.anymod.torch.StreamRandom;

/** Small recipes of squares, their tokens and phrases. */
final class SquareRecipe {
  static final String PIXELS = "square@8";
  static final String TOKENS = "tok_square@8";
  static final String TEXT = "phrase";

  private static final ModalityRecipe DECLARED = new ModalityRecipe("declared");

  private final Path output;
  private final DataRecipe data;
  private final MaskingRecipe masking;
  private final TrainingRecipe training;

  Optional<TokenizerRecipe> tokenizer = Optional.empty();
  int tokenizerSteps = 3;
  int tokenizerBatch = 4;
  Map<String, Object> tokenizerSettings =
      Map.of("dim", 16, "depth", 1, "heads", 2, "latent", 4, "ema_decay", 0.9);
  ModelRecipe model = new ModelRecipe(16, 1, 1, 2, 4, true, false, false, true, "aligned");
  Map<String, SamplingRecipe> sampling = Map.of();
  EvaluationRecipe evaluation = new EvaluationRecipe(0, 4, 3, List.of(), List.of(), 2);

  SquareRecipe(Path output, DataRecipe data, MaskingRecipe masking, TrainingRecipe training) {
    this.output = output;
    this.data = data;
    this.masking = masking;
    this.training = training;
  }

  static Recipe of(Path output, int steps, DataRecipe data, MaskingRecipe masking) {
    TrainingRecipe training =
        new TrainingRecipe(steps, 6, 3e-3, 0, 1, 0.9, 0.95, 0.01, 1, "mod", 1, 3, 2);
    SquareRecipe recipe = new SquareRecipe(output, data, masking, training);
    recipe.tokenizerSettings = Map.of("dim", 16, "depth", 1, "heads", 2, "latent", 4);
    return recipe.build();
  }

  /** Data that lie in two folders for squares and phrases, one crop of each sample. */
  static DataRecipe data(Path root) {
    return new DataRecipe(root, "train", "val", 1, 0.8, 0.5);
  }

  /** Budgets of 8 tokens. */
  static MaskingRecipe masking(ComponentRecipe... mixture) {
    return new MaskingRecipe(
        8, OptionalInt.empty(), 8, OptionalInt.empty(), false, List.of(mixture));
  }

  Recipe build() {
    TokenizerRecipe usual =
        new TokenizerRecipe(
            Optional.empty(),
            OptionalInt.of(16),
            tokenizerSteps,
            tokenizerBatch,
            3e-3,
            2,
            tokenizerSettings);
    return new Recipe(
        "test",
        output,
        3,
        "cpu",
        "float32",
        8,
        4,
        Map.of(PIXELS, DECLARED, TOKENS, DECLARED, TEXT, DECLARED),
        data,
        new TextRecipe(Optional.empty(), 200, 10, List.of()),
        Map.of(TOKENS, tokenizer.orElse(usual)),
        model,
        masking,
        training,
        sampling,
        evaluation);
  }

  /** Writes half-bright squares; the phrase says which half. */
  static void writeHalves(Path data, String split, int count) throws IOException {
    Path squares = Files.createDirectories(data.resolve(split).resolve("square"));
    Path phrases = Files.createDirectories(data.resolve(split).resolve("phrase"));
    for (int i = 0; i < count; i++) {
      StreamRandom random = StreamRandom.at(1, split, i);
      boolean left = random.nextBoolean();
      byte[] bytes = new byte[64];
      for (int p = 0; p < 64; p++) {
        bytes[p] = (byte) ((p % 8 < 4) == left ? 150 + random.nextInt(50) : random.nextInt(50));
      }
      Files.write(squares.resolve("s" + i + ".bin"), bytes);
      Files.writeString(
          phrases.resolve("s" + i + ".txt"), left ? "the left half" : "the right half");
    }
  }
}
