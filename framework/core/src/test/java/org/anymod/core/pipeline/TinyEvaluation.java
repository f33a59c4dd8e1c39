package org.anymod.core.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.evaluation.Evaluation;
import org.anymod.core.evaluation.Evaluator;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.ComponentRecipe;
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.core.recipe.FrechetRecipe;
import org.anymod.core.recipe.ModalityRecipe;
import org.anymod.core.recipe.NeighborRecipe;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.recipe.RetrievalRecipe;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.core.recipe.TrainingRecipe;
import org.anymod.spi.Modality;
import org.anymod.spi.Representation;
import org.anymod.spi.TextForm;
import org.anymod.spi.TextPrompt;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model that is hardly trained, and samples that lack some of their files, for the tests of
 * evaluations that extend this class.
 */
abstract class TinyEvaluation {
  static final String PIXELS = "square@8";
  static final String TOKENS = "tok_square@8";
  static final List<Modality> MODALITIES =
      List.of(
          new SquareModality("square", true),
          new SquareModality("tok_square", false),
          new PromptedPhrases(),
          new PointModality());

  /** Phrases such as "the left half", of which the word in the middle can be asked for. */
  private static final class PromptedPhrases extends PhraseModality {
    @Override
    public Representation representation() {
      TextForm plain = (TextForm) super.representation();
      return new TextForm() {
        @Override
        public List<String> write(Value value, RandomGenerator random) {
          return plain.write(value, random);
        }

        @Override
        public Value read(String text) {
          return plain.read(text);
        }

        @Override
        public List<TextPrompt> prompts(Value truth) {
          TextPrompt prompt = new TextPrompt("the", "half", truth);
          return List.of(prompt, prompt);
        }
      };
    }
  }

  @TempDir static Path folder;

  @BeforeAll
  static void trainOnce() throws Exception {
    for (String split : List.of("train", "val")) {
      SquareRecipe.writeHalves(folder.resolve("data"), split, 10);
      Path points = Files.createDirectories(folder.resolve("data/" + split + "/point"));
      for (int i = 0; i < 10; i++) {
        boolean left = StreamRandom.at(1, split, i).nextBoolean();
        float[] point = {left ? 2 : 0.1f * i, left ? 0.1f * i : 2, 0.5f, 0};
        Files.write(
            points.resolve("s" + i + ".npy"),
            new PointModality().codec().encode(new Value.Vectors(1, 4, point)));
      }
    }
    Files.delete(folder.resolve("data/val/phrase/s1.txt"));
    Files.delete(folder.resolve("data/val/square/s3.bin"));
    Files.delete(folder.resolve("data/val/square/s4.bin"));
    Run run = run(usual());
    run.vocabulary(Progress.silent());
    for (UsedModality modality : run.modalities().tokenized()) {
      run.trainTokenizer(modality, Progress.silent(), new StopSignal());
    }
    run.tokenize("train", Progress.silent(), new StopSignal());
    run.trainModel(Progress.silent(), new StopSignal());
  }

  static EvaluationRecipe usual() {
    return new EvaluationRecipe(0, 4, 3, List.of(), List.of(), 2);
  }

  static EvaluationRecipe more(
      List<String> inputs, List<String> outputs, boolean matrix, List<List<String>> groups) {
    return new EvaluationRecipe(
        8,
        4,
        4,
        inputs,
        outputs,
        List.of(),
        2,
        matrix,
        groups,
        List.of(1, 2, 4),
        2,
        5,
        1,
        new NeighborRecipe(
            Optional.of("phrase"), Optional.empty(), List.of(), Optional.empty(), 20, 0.07, 0),
        Map.of(TOKENS, FrechetRecipe.ofNumbers()),
        RetrievalRecipe.off());
  }

  static Run run(EvaluationRecipe evaluation) {
    ComponentRecipe all = new ComponentRecipe(1, 0.5, Map.of(), 0.5, Map.of(), Map.of());
    TrainingRecipe training =
        new TrainingRecipe(4, 4, 3e-3, 0, 1, 0.9, 0.95, 0.01, 1, "mod", 1, 4, 2);
    SquareRecipe base =
        new SquareRecipe(
            folder.resolve("run"),
            SquareRecipe.data(folder.resolve("data")),
            SquareRecipe.masking(all),
            training);
    Recipe usual = base.build();
    ModalityRecipe declared = new ModalityRecipe("declared");
    Map<String, TokenizerRecipe> tokenizers = new HashMap<>(usual.tokenizers());
    tokenizers.put(
        PointModality.KEY,
        new TokenizerRecipe(
            Optional.empty(),
            OptionalInt.of(16),
            4,
            4,
            1e-3,
            2,
            Map.of("encoder", "BottleneckMLP/B_1-Wi_16", "quantizer", "fsq", "levels", "4, 4")));
    Recipe recipe =
        new Recipe(
            usual.name(),
            usual.output(),
            usual.seed(),
            usual.device(),
            usual.precision(),
            usual.resolution(),
            usual.patch(),
            Map.of(
                PIXELS,
                declared,
                TOKENS,
                declared,
                "phrase",
                declared,
                PointModality.KEY,
                declared),
            usual.data(),
            usual.text(),
            tokenizers,
            usual.model(),
            usual.masking(),
            usual.training(),
            usual.sampling(),
            evaluation);
    return new Run(recipe, MODALITIES, List.of());
  }

  static Evaluation evaluate(EvaluationRecipe recipe) throws IOException {
    return evaluate(recipe, Progress.silent(), new StopSignal());
  }

  static Evaluation evaluate(EvaluationRecipe recipe, Progress progress, StopSignal stop)
      throws IOException {
    try (LoadedModel model = LoadedModel.open(run(recipe))) {
      return new Evaluator(model).evaluate(progress, stop);
    }
  }
}
