package org.anymod.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.data.TokenContract;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.ComponentRecipe;
import org.anymod.core.recipe.DataRecipe;
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.core.recipe.ModalityRecipe;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.recipe.SourceRecipe;
import org.anymod.core.recipe.TextRecipe;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.core.recipe.TrainingRecipe;
import org.anymod.core.training.SampleStream;
import org.anymod.core.training.TextCodes;
import org.anymod.core.training.TokenDataset;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.spi.Modality;
import org.anymod.spi.Tokenizer;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modalities that use the tokenizer of another, or enter the model under the key of another. */
class SharedAndFedTest {
  private static final String FIRST = "tok_square@8";
  private static final String SECOND = "tok_other@8";

  @TempDir Path folder;

  /** Squares of another source that use the tokenizer of the first. */
  private static final class OtherSquares extends SquareModality {
    OtherSquares() {
      super("tok_other", false);
    }

    @Override
    public String source() {
      return "other";
    }

    @Override
    public Optional<String> sharedTokenizer() {
      return Optional.of("tok_square");
    }
  }

  /** Texts that are read as phrases. */
  private static final class Pages extends PhraseModality {
    @Override
    public String name() {
      return "pages";
    }

    @Override
    public String source() {
      return "pages";
    }

    @Override
    public Optional<String> feeds() {
      return Optional.of("phrase");
    }
  }

  private final List<Modality> modalities =
      List.of(
          new SquareModality("square", true),
          new SquareModality("tok_square", false),
          new OtherSquares(),
          new PhraseModality(),
          new Pages());

  @BeforeEach
  void writeData() throws IOException {
    for (String split : List.of("train", "val")) {
      for (int i = 0; i < 8; i++) {
        StreamRandom random = StreamRandom.at(1, split, i);
        for (String source : List.of("square", "other")) {
          byte[] pixels = new byte[64];
          for (int p = 0; p < 64; p++) {
            pixels[p] = (byte) random.nextInt(200);
          }
          write("data/" + split, source + "/s" + i + ".bin", pixels);
        }
        write("data/" + split, "phrase/s" + i + ".txt", "a phrase".getBytes());
        write("data/pages/" + split, "pages/s" + i + ".txt", "some page".getBytes());
      }
    }
  }

  private void write(String place, String file, byte[] bytes) throws IOException {
    Path path = folder.resolve(place).resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, bytes);
  }

  private static TokenizerRecipe tokenizer() {
    return new TokenizerRecipe(
        Optional.empty(),
        OptionalInt.of(16),
        4,
        4,
        3e-3,
        2,
        Map.of("dim", 16, "depth", 1, "heads", 2, "latent", 4));
  }

  private Run run(
      String output,
      Map<String, ModalityRecipe> keys,
      Map<String, TokenizerRecipe> tokenizers,
      SourceRecipe... sources) {
    ComponentRecipe all = new ComponentRecipe(1, 0.5, Map.of(), 0.5, Map.of(), Map.of());
    DataRecipe data =
        new DataRecipe(
            folder.resolve("data"),
            "train",
            "val",
            1,
            0.8,
            0.5,
            List.of(sources),
            0,
            "fail",
            1,
            1,
            DataRecipe.USUAL_SHARD);
    Recipe recipe =
        new Recipe(
            "test",
            folder.resolve(output),
            3,
            "cpu",
            "float32",
            8,
            4,
            keys,
            data,
            new TextRecipe(Optional.empty(), 200, 10, List.of()),
            tokenizers,
            new ModelRecipe(16, 1, 1, 2, 4, true, false, false, true, "aligned"),
            SquareRecipe.masking(all),
            new TrainingRecipe(3, 4, 3e-3, 0, 1, 0.9, 0.95, 0.01, 1, "mod", 1, 3, 2),
            Map.of(),
            new EvaluationRecipe(0, 4, 2, List.of(), List.of(), 2));
    return new Run(recipe, modalities, List.of());
  }

  private static Map<String, ModalityRecipe> keys(String... keys) {
    Map<String, ModalityRecipe> all = new HashMap<>();
    Arrays.stream(keys).forEach(key -> all.put(key, new ModalityRecipe("declared")));
    return all;
  }

  private static Run tokenized(Run run) throws Exception {
    run.vocabulary(Progress.silent());
    for (UsedModality modality : run.modalities().tokenized()) {
      run.trainTokenizer(modality, Progress.silent(), new StopSignal());
    }
    run.tokenize("train", Progress.silent(), new StopSignal());
    return run;
  }

  @Test
  void twoModalitiesUseOneTokenizerThatIsTrainedOnBoth() throws Exception {
    Run run = tokenized(run("both", keys(FIRST, SECOND), Map.of(FIRST, tokenizer())));
    Map<String, TokenContract> contracts = run.tokens().contracts(run.data().trainingCrops());
    assertThat(contracts.get(SECOND).tokenizerIdentity())
        .isEqualTo(contracts.get(FIRST).tokenizerIdentity());
    assertThat(run.folders().tokenizer(FIRST)).isDirectory();
    assertThat(run.folders().tokenizer(SECOND)).doesNotExist();
    Map<String, Tokenizer> open = run.tokens().openTokenizers();
    assertThat(open.get(SECOND)).as("one set of weights in memory").isSameAs(open.get(FIRST));
    // Once for each key: closing again does nothing.
    open.values().forEach(Tokenizer::close);

    Run alone = tokenized(run("first", keys(FIRST), Map.of(FIRST, tokenizer())));
    assertThat(identity(alone, FIRST)).isNotEqualTo(identity(run, FIRST));
    // Which of the two is asked for first makes no difference.
    Run other = run("other", keys(FIRST, SECOND), Map.of(FIRST, tokenizer()));
    other.trainTokenizer(other.modalities().get(SECOND), Progress.silent(), new StopSignal());
    assertThat(identity(other, FIRST)).isEqualTo(identity(run, FIRST));
  }

  private static String identity(Run run, String key) throws IOException {
    UsedModality modality = run.modalities().get(key);
    try (Tokenizer tokenizer = run.tokenizers().load(modality)) {
      return run.tokenizers().identity(modality, tokenizer);
    }
  }

  @Test
  void anEntryOfItsOwnMakesATokenizerOfItsOwn() throws Exception {
    Run run =
        tokenized(run("own", keys(FIRST, SECOND), Map.of(FIRST, tokenizer(), SECOND, tokenizer())));
    assertThat(identity(run, SECOND)).isNotEqualTo(identity(run, FIRST));
    Map<String, Tokenizer> open = run.tokens().openTokenizers();
    assertThat(open.get(SECOND)).isNotSameAs(open.get(FIRST));
    open.values().forEach(Tokenizer::close);
    Run alone = tokenized(run("alone", keys(SECOND), Map.of(SECOND, tokenizer())));
    assertThat(alone.folders().tokenizer(SECOND)).isDirectory();
    assertThatThrownBy(() -> run("missing", keys(SECOND), Map.of()))
        .hasMessageContaining("tokenizers: nothing for 'tok_other@8'");
    Map<String, ModalityRecipe> coarse = keys(FIRST);
    coarse.put(SECOND, new ModalityRecipe("declared", OptionalInt.of(8)));
    assertThatThrownBy(() -> run("grid", coarse, Map.of(FIRST, tokenizer())))
        .hasMessageContaining("modalities.tok_other@8: would use the tokenizer of 'tok_square@8'")
        .hasMessageContaining("give it an entry of its own");
  }

  @Test
  void patchesOfOneModalityCanDifferFromThoseOfTheRecipe() {
    Map<String, ModalityRecipe> keys = keys();
    keys.put(FIRST, new ModalityRecipe("declared", OptionalInt.of(2)));
    Run run = run("patch", keys, Map.of(FIRST, tokenizer()));
    assertThat(run.modalities().get(FIRST).declaration().kind().maxTokens()).isEqualTo(16);
  }

  private static SourceRecipe source(String root, String... keys) {
    return new SourceRecipe(
        Path.of(root),
        Optional.of("s" + root.hashCode()),
        1,
        List.of(keys),
        Optional.empty(),
        1,
        false);
  }

  @Test
  void aFeedingModalityHasNoRowsOfItsOwn() throws Exception {
    Run run =
        tokenized(
            run(
                "fed",
                keys("square@8", "phrase"),
                Map.of(),
                source("."),
                source("pages", "pages")));
    assertThat(run.modalities().all())
        .extracting(UsedModality::key)
        .containsExactly("phrase", "square@8");
    assertThat(run.modalities().stored())
        .extracting(UsedModality::key)
        .containsExactly("pages", "phrase", "square@8");
    run.trainModel(Progress.silent(), new StopSignal());
    assertThat(texts(run, 64)).contains("a phrase", "some page");
  }

  @Test
  void aDatasetWithBothDrawsOneOfThemForEachAccess() throws Exception {
    for (int i = 0; i < 8; i++) {
      write("data/train", "pages/s" + i + ".txt", "some page".getBytes());
      write("data/val", "pages/s" + i + ".txt", "some page".getBytes());
    }
    Run run = tokenized(run("drawn", keys("phrase", "pages"), Map.of()));
    assertThat(run.modalities().all()).extracting(UsedModality::key).containsExactly("phrase");
    List<String> texts = texts(run, 64);
    assertThat(texts).containsOnly("a phrase", "some page").contains("a phrase", "some page");
    assertThat(texts(run, 64)).isEqualTo(texts);
  }

  /** Texts of the first positions of the training stream. */
  private static List<String> texts(Run run, int count) throws IOException {
    TextTokenizer text = run.vocabulary(Progress.silent());
    int phrase = run.modalities().indexOf("phrase");
    List<String> texts = new ArrayList<>();
    try (TokenDataset data =
        run.tokens()
            .seen(run.tokens().contracts(run.data().trainingCrops()), new TextCodes(text))) {
      SampleStream stream = data.stream(3);
      for (int i = 0; i < count; i++) {
        TokenDataset.Content content = stream.at(i).contents().get(phrase);
        texts.add(text.decode(content.chunks().get(0)));
      }
    }
    return texts;
  }

  @Test
  void aFeedingModalityAloneIsAnOrdinaryOne() throws Exception {
    Run run = tokenized(run("ordinary", keys("pages"), Map.of(), source("pages")));
    assertThat(run.modalities().all()).extracting(UsedModality::key).containsExactly("pages");
    assertThat(run.modalities().get("pages").feedsAnother()).isFalse();
    run.trainModel(Progress.silent(), new StopSignal());
  }
}
