package org.anymod.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.Progress;
import org.anymod.core.StopAt;
import org.anymod.core.StopSignal;
import org.anymod.core.checkpoint.CheckpointFile;
import org.anymod.core.checkpoint.CheckpointLoader;
import org.anymod.core.evaluation.Evaluation;
import org.anymod.core.evaluation.Evaluator;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.Batch;
import org.anymod.core.model.LossWeighting;
import org.anymod.core.recipe.AverageRecipe;
import org.anymod.core.recipe.ComponentRecipe;
import org.anymod.core.recipe.GuardRecipe;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.core.recipe.ParallelRecipe;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.core.recipe.ScheduleRecipe;
import org.anymod.core.recipe.TrainingRecipe;
import org.anymod.core.recipe.ValidationRecipe;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.spi.Modality;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;
import org.anymod.torch.Autograd;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way from files to predictions, with small parts. */
class RunTest {
  private static final String TOKENS = "tok_square@8";

  @TempDir Path folder;

  private final List<Modality> modalities =
      List.of(
          new SquareModality("square", true),
          new SquareModality("tok_square", false),
          new PhraseModality());

  @BeforeEach
  void writeData() throws IOException {
    SquareRecipe.writeHalves(folder.resolve("data"), "train", 40);
    SquareRecipe.writeHalves(folder.resolve("data"), "val", 10);
  }

  private Map<String, SamplingRecipe> sampling = Map.of();

  private Recipe recipe(String output, int steps) {
    return recipe(output, 30, steps);
  }

  private Recipe recipe(String output, int tokenizerSteps, int steps) {
    ComponentRecipe all = new ComponentRecipe(1, 0.5, Map.of(), 0.5, Map.of(), Map.of());
    ComponentRecipe fromPhrase =
        new ComponentRecipe(1, 0, Map.of("phrase", 5.0), 0.5, Map.of(), Map.of("phrase", "all"));
    SquareRecipe recipe =
        new SquareRecipe(
            folder.resolve(output),
            SquareRecipe.data(folder.resolve("data")),
            SquareRecipe.masking(all, fromPhrase),
            new TrainingRecipe(steps, 16, 3e-3, 0, 5, 0.9, 0.95, 0.01, 1, "mod", 5, 7, 2));
    recipe.tokenizerSteps = tokenizerSteps;
    recipe.tokenizerBatch = 8;
    recipe.model = new ModelRecipe(32, 1, 1, 2, 4, true, false, false, true, "aligned");
    recipe.sampling = sampling;
    return recipe.build();
  }

  private Run prepared(String output, int steps) throws Exception {
    return prepared(recipe(output, steps));
  }

  private Run prepared(Recipe recipe) throws Exception {
    Run run = new Run(recipe, modalities, List.of());
    run.vocabulary(Progress.silent());
    for (UsedModality modality : run.modalities().tokenized()) {
      run.trainTokenizer(modality, Progress.silent(), new StopSignal());
    }
    run.tokenize("train", Progress.silent(), new StopSignal());
    run.tokenize("val", Progress.silent(), new StopSignal());
    return run;
  }

  private static byte[] model(Run run) throws IOException {
    return Files.readAllBytes(run.model().checkpoints().latestModel().orElseThrow());
  }

  @Test
  void resumesBitIdenticallyAfterAStop() throws Exception {
    Run whole = prepared("whole", 23);
    whole.trainModel(Progress.silent(), new StopSignal());
    Run interrupted = prepared("interrupted", 23);
    for (int at : new int[] {5, 15, 23}) {
      StopAt stop = new StopAt(at);
      interrupted.trainModel(stop, stop.signal());
    }
    assertThat(model(interrupted)).isEqualTo(model(whole));
    assertThat(interrupted.model().trainingLog().read())
        .isEqualTo(whole.model().trainingLog().read());
  }

  @Test
  void beginsWithGivenWeightsOnce() throws Exception {
    Run first = prepared("first", 3);
    first.trainModel(Progress.silent(), new StopSignal());
    Path weights = first.model().checkpoints().latestModel().orElseThrow();
    Recipe recipe = beginningWith(weights, recipe("second", 2));
    Run second = prepared(recipe);
    second.trainModel(Progress.silent(), new StopSignal());
    // A rate of 0 leaves the weights as they were.
    try (CheckpointFile own =
            CheckpointFile.open(second.model().checkpoints().latestModel().orElseThrow());
        AnyToAnyModel model = second.model().create(second.vocabulary(Progress.silent()));
        AnyToAnyModel given = first.model().create(first.vocabulary(Progress.silent()));
        CheckpointFile old = CheckpointFile.open(weights)) {
      CheckpointLoader.load(own, model);
      CheckpointLoader.load(old, given);
      given
          .checkpoint()
          .forEach(
              (name, tensor) ->
                  assertThat(model.checkpoint().get(name).toByteArray())
                      .as(name)
                      .isEqualTo(tensor.toByteArray()));
    }
    Files.delete(weights);
    // A run with a checkpoint of its own goes on without the file.
    assertThat(
            new Run(recipe, modalities, List.of()).trainModel(Progress.silent(), new StopSignal()))
        .isEqualTo(2);
  }

  private static Recipe beginningWith(Path weights, Recipe r) {
    TrainingRecipe training =
        new TrainingRecipe(
            Optional.of(weights),
            r.training().steps(),
            16,
            0,
            0,
            0,
            0.9,
            0.95,
            0,
            1,
            "mod",
            5,
            7,
            2,
            0,
            1,
            "auto",
            List.of(),
            false,
            false,
            false,
            ScheduleRecipe.cosine(),
            AverageRecipe.off(),
            GuardRecipe.defaults(),
            ValidationRecipe.off(),
            ParallelRecipe.defaults());
    return new Recipe(
        r.name(),
        r.output(),
        r.seed(),
        r.device(),
        r.precision(),
        r.resolution(),
        r.patch(),
        r.modalities(),
        r.data(),
        r.text(),
        r.tokenizers(),
        r.model(),
        r.masking(),
        training,
        r.sampling(),
        r.evaluation());
  }

  @Test
  void resumesATokenizerBitIdentically() throws Exception {
    Run whole = prepared("whole", 1);
    Run interrupted = new Run(recipe("interrupted", 1), modalities, List.of());
    UsedModality modality = interrupted.modalities().get(TOKENS);
    StopAt stop = new StopAt(10);
    interrupted.trainTokenizer(modality, stop, stop.signal());
    assertThat(interrupted.tokenizers().isTrained(modality)).isFalse();
    interrupted.trainTokenizer(modality, Progress.silent(), new StopSignal());
    assertThat(Files.readAllBytes(interrupted.tokenizers().weights(modality)))
        .isEqualTo(Files.readAllBytes(whole.tokenizers().weights(modality)));
  }

  @Test
  void learnsToPredictFromEveryModality() throws Exception {
    Run run = prepared(recipe("learned", 250, 500));
    run.trainModel(Progress.silent(), new StopSignal());
    Evaluation first;
    try (LoadedModel model = LoadedModel.open(run)) {
      first = new Evaluator(model).evaluate(Progress.silent(), new StopSignal());
      Evaluation second = new Evaluator(model).evaluate(Progress.silent(), new StopSignal());
      assertThat(second.pairs()).isEqualTo(first.pairs());
    }
    Map<String, Double> skill = new HashMap<>();
    first.pairs().forEach(pair -> skill.put(pair.name(), pair.skill()));
    assertThat(skill).containsOnlyKeys("square->phrase", "phrase->square");
    assertThat(skill.get("phrase->square")).isGreaterThan(0.4);
    assertThat(skill.get("square->phrase")).isGreaterThan(0.8);
    assertThat(first.shown()).hasSize(2);
    assertThat(first.bounds()).containsKey(TOKENS);
  }

  @Test
  void predictsTheSameInAnyBatch() throws Exception {
    Run run = prepared("batches", 20);
    run.trainModel(Progress.silent(), new StopSignal());
    List<Map<String, Value>> rows =
        List.of(
            Map.of("phrase", new Value.Text("the left half")),
            Map.of("phrase", new Value.Text("the right half")),
            Map.of("phrase", new Value.Text("half")));
    try (Predictor predictor = Predictor.open(run)) {
      List<Map<String, Value>> together = predictor.predict(rows, List.of(TOKENS), 5, 0);
      for (int i = 0; i < rows.size(); i++) {
        Value alone =
            predictor.predict(rows.subList(i, i + 1), List.of(TOKENS), 5, i).get(0).get(TOKENS);
        assertThat(((Value.Raster) alone).data())
            .isEqualTo(((Value.Raster) together.get(i).get(TOKENS)).data());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void predictsSeveralTimesAsOneByOne(int steps) throws Exception {
    sampling =
        Map.of(TOKENS, new SamplingRecipe("roar", steps, "linear", 1.0, "constant", 0, 1.0, 1.0));
    Run run = prepared("several", 5);
    run.trainModel(Progress.silent(), new StopSignal());
    List<Map<String, Value>> rows =
        List.of(
            Map.of("phrase", new Value.Text("the left half")),
            Map.of("phrase", new Value.Text("the right half")));
    long[] seeds = {5, 6, 7};
    try (Predictor predictor = Predictor.open(run)) {
      List<List<Value>> each = predictor.predictEach(rows, TOKENS, seeds, 3);
      for (int member = 0; member < seeds.length; member++) {
        List<Map<String, Value>> alone = predictor.predict(rows, List.of(TOKENS), seeds[member], 3);
        for (int i = 0; i < rows.size(); i++) {
          assertThat(((Value.Raster) each.get(i).get(member)).data())
              .isEqualTo(((Value.Raster) alone.get(i).get(TOKENS)).data());
        }
      }
      assertThat(((Value.Raster) each.get(0).get(0)).data())
          .isNotEqualTo(((Value.Raster) each.get(0).get(1)).data());
    }
  }

  @Test
  void keepsTensorsFlatOverManySteps() throws Exception {
    Run run = prepared("flat", 0);
    TextTokenizer text = run.vocabulary(Progress.silent());
    try (AnyToAnyModel model = run.model().create(text)) {
      int before = model.scope().liveTensors();
      for (int i = 0; i < 1000; i++) {
        Batch batch = new Batch(model.modalities(), 1, 4, 4);
        batch.nextSample();
        batch.showGrid(2, new int[] {1, 2, 3, 4}, new int[] {0, 1});
        batch.predictGrid(2, new int[] {1, 2, 3, 4}, new int[] {2, 3});
        try (TensorScope step = model.scope().open()) {
          Autograd.backward(
              Autograd.record(() -> model.losses(batch, LossWeighting.MOD, step)).total());
        }
        assertThat(model.scope().liveTensors()).isEqualTo(before);
      }
    }
  }

  @Test
  void refusesTokensMadeWithOtherWeights() throws Exception {
    Run run = prepared("other", 5);
    UsedModality modality = run.modalities().get(TOKENS);
    Files.delete(run.tokenizers().weights(modality));
    try (Tokenizer fresh = run.tokenizers().create(modality)) {
      run.tokenizers().save(modality, fresh);
    }
    assertThatThrownBy(() -> run.trainModel(Progress.silent(), new StopSignal()))
        .hasMessageContaining("was made in another way")
        .hasMessageContaining("anymod tokenize");
  }

  @Test
  void namesTheFileThatDoesNotFitItsDeclaration() throws Exception {
    Path bad = folder.resolve("data/train/square/s7.bin");
    byte[] bytes = Files.readAllBytes(bad);
    bytes[9] = (byte) 255;
    Files.write(bad, bytes);
    Run run = new Run(recipe("bad", 1), modalities, List.of());
    assertThatThrownBy(
            () ->
                run.trainTokenizer(
                    run.modalities().get(TOKENS), Progress.silent(), new StopSignal()))
        .hasMessageContaining(
            "square/s7.bin: value 1.275 at row 1, column 1 is outside [0.0, 1.0]");
  }

  @Test
  void saysWhatIsMissing() {
    Run run = new Run(recipe("empty", 1), modalities, List.of());
    assertThatThrownBy(() -> Predictor.open(run))
        .hasMessageContaining("no checkpoint; train the model first");
    assertThatThrownBy(() -> run.tokens().openTokenizers())
        .hasMessageContaining("anymod tokenizer train");
    assertThatThrownBy(() -> run.data().values("test")).hasMessageContaining("none of the folders");
  }
}
