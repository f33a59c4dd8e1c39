package org.anymod.core.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.anymod.core.recipe.DataRecipe;
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.core.recipe.MaskingRecipe;
import org.anymod.core.recipe.ModalityRecipe;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.recipe.TextRecipe;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.core.recipe.TrainingRecipe;

/** The smallest recipe of squares, their tokens and phrases. */
final class SquareRecipe {
  static final String PIXELS = "square@8";
  static final String TOKENS = "tok_square@8";
  static final String TEXT = "phrase";

  private SquareRecipe() {}

  static Recipe of(Path output, int steps, DataRecipe data, MaskingRecipe masking) {
    TokenizerRecipe tokenizer =
        new TokenizerRecipe(
            Optional.empty(),
            OptionalInt.of(16),
            3,
            4,
            3e-3,
            2,
            Map.of("dim", 16, "depth", 1, "heads", 2, "latent", 4));
    ModalityRecipe declared = new ModalityRecipe("declared");
    return new Recipe(
        "test",
        output,
        3,
        "cpu",
        "float32",
        8,
        4,
        Map.of(PIXELS, declared, TOKENS, declared, TEXT, declared),
        data,
        new TextRecipe(Optional.empty(), 200, 10, List.of()),
        Map.of(TOKENS, tokenizer),
        new ModelRecipe(16, 1, 1, 2, 4, true, false, false, true, "aligned"),
        masking,
        new TrainingRecipe(steps, 6, 3e-3, 0, 1, 0.9, 0.95, 0.01, 1, "mod", 1, 3, 2),
        Map.of(),
        new EvaluationRecipe(0, 4, 3, List.of(), List.of(), 2));
  }
}
