package org.anymod.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.anymod.core.Progress;
import org.anymod.core.StopAt;
import org.anymod.core.StopSignal;
import org.anymod.core.data.DatasetTools;
import org.anymod.core.data.Datasets;
import org.anymod.core.data.Samples;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.ComponentRecipe;
import org.anymod.core.recipe.DataRecipe;
import org.anymod.core.recipe.MaskingRecipe;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.recipe.SourceRecipe;
import org.anymod.core.recipe.TaskRecipe;
import org.anymod.media.Npy;
import org.anymod.media.NpyArray;
import org.anymod.spi.Modality;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where samples come from: mixtures, tokens made elsewhere, samples that cannot be read. */
class DataSourcesTest {
  private static final String TOKENS = SquareRecipe.TOKENS;
  private static final ComponentRecipe EVERYTHING =
      new ComponentRecipe(1, 0.5, Map.of(), 0.5, Map.of(), Map.of());

  @TempDir Path folder;

  private final List<Modality> modalities =
      List.of(
          new SquareModality("square", true),
          new SquareModality("tok_square", false),
          new PhraseModality());

  @BeforeEach
  void writeData() throws IOException {
    write("data/train", 20, true);
    write("data/val", 4, true);
    write("data/pictures/train", 20, true);
    write("data/texts/train", 30, false);
  }

  private void write(String split, int count, boolean squares) throws IOException {
    for (int i = 0; i < count; i++) {
      StreamRandom random = StreamRandom.at(1, split, i);
      if (squares) {
        byte[] bytes = new byte[64];
        for (int p = 0; p < 64; p++) {
          bytes[p] = (byte) random.nextInt(200);
        }
        Path file = folder.resolve(split).resolve("square/s" + i + ".bin");
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
      }
      Path file = folder.resolve(split).resolve("phrase/s" + i + ".txt");
      Files.createDirectories(file.getParent());
      Files.writeString(file, random.nextBoolean() ? "the left half" : "the right half");
    }
  }

  private DataRecipe data(String onError, int maxSkips, int workers, SourceRecipe... sources) {
    return new DataRecipe(
        folder.resolve("data"),
        "train",
        "val",
        2,
        0.8,
        0.5,
        List.of(sources),
        8,
        onError,
        maxSkips,
        workers,
        DataRecipe.USUAL_SHARD);
  }

  private static SourceRecipe source(String root, double weight, String... keys) {
    return new SourceRecipe(
        Path.of(root), Optional.empty(), weight, List.of(keys), Optional.empty(), 2, false);
  }

  private static SourceRecipe tokenized(Path root, String shards) {
    return new SourceRecipe(root, Optional.of("made"), 1, List.of(), Optional.of(shards), 1, true);
  }

  private static MaskingRecipe masking(ComponentRecipe... mixture) {
    return SquareRecipe.masking(mixture);
  }

  private Run run(String output, int steps, DataRecipe data, MaskingRecipe masking) {
    Recipe recipe = SquareRecipe.of(folder.resolve(output), steps, data, masking);
    return new Run(recipe, modalities, List.of());
  }

  private static Run tokenized(Run run) throws Exception {
    prepared(run).tokenize("train", Progress.silent(), new StopSignal());
    return run;
  }

  private static Run prepared(Run run) throws Exception {
    run.vocabulary(Progress.silent());
    for (UsedModality modality : run.modalities().tokenized()) {
      run.trainTokenizer(modality, Progress.silent(), new StopSignal());
    }
    return run;
  }

  private static byte[] trained(Run run) throws Exception {
    run.trainModel(Progress.silent(), new StopSignal());
    return Files.readAllBytes(run.model().checkpoints().latestModel().orElseThrow());
  }

  @Test
  void trainsOnAMixtureTheSameWithAnyNumberOfWorkersAndAfterAStop() throws Exception {
    SourceRecipe[] sources = {source("pictures", 0.6), source("texts", 0.4, "phrase")};
    ComponentRecipe textOnly =
        new ComponentRecipe(
            1, 0, Map.of("phrase", 1.0), 0, Map.of("phrase", 1.0), Map.of(), List.of("texts"));
    MaskingRecipe masking = masking(EVERYTHING, textOnly);
    byte[] one = trained(tokenized(run("one", 7, data("fail", 0, 1, sources), masking)));
    byte[] four = trained(tokenized(run("four", 7, data("fail", 0, 4, sources), masking)));
    assertThat(four).isEqualTo(one);

    Run interrupted = tokenized(run("again", 7, data("fail", 0, 4, sources), masking));
    StopAt stop = new StopAt(4);
    interrupted.trainModel(stop, stop.signal());
    assertThat(interrupted.model().checkpoints().latest()).hasValue(4);
    assertThat(trained(interrupted)).isEqualTo(one);
    assertThat(folder.resolve("one/tokens/train/texts/phrase")).isDirectory();
    assertThat(folder.resolve("one/tokens/train/texts/square@8")).doesNotExist();
  }

  private static SourceRecipe withBudget(int most, int least, String squares) {
    return new SourceRecipe(
        Path.of("pictures"),
        Optional.empty(),
        1,
        List.of(),
        Optional.empty(),
        1,
        false,
        Map.of("square", squares),
        OptionalInt.of(most),
        OptionalInt.of(least),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  @Test
  void readsFoldersOfOtherNamesWithABudgetOfTheirOwn() throws Exception {
    Path train = folder.resolve("data/pictures/train");
    Files.move(train.resolve("square"), train.resolve("sq.v2"));
    Run run =
        tokenized(
            run("own", 2, data("fail", 0, 1, withBudget(4, 2, "sq.v2")), masking(EVERYTHING)));
    assertThat(trained(run)).isNotEmpty();
    Run large = run("own", 3, data("fail", 0, 1, withBudget(9, 2, "sq.v2")), masking(EVERYTHING));
    assertThatThrownBy(() -> large.trainModel(Progress.silent(), new StopSignal()))
        .hasMessageContaining("data.sources.0: samples of 'pictures' have up to 9 input")
        .hasMessageContaining("must be at most 8 and 8");
    Run lost = run("lost", 1, data("fail", 0, 1, withBudget(4, 2, "sq.v3")), masking(EVERYTHING));
    assertThatThrownBy(() -> tokenized(lost)).hasMessageContaining("square");
    assertThatThrownBy(() -> withBudget(2, 4, "sq"))
        .hasMessageContaining("min_input_tokens is 4, must be at most input_tokens, which is 2");
  }

  @Test
  void refusesSourcesAndComponentsThatDoNotFit() throws Exception {
    MaskingRecipe bound =
        masking(
            new ComponentRecipe(1, 1, Map.of(), 1, Map.of(), Map.of(), List.of("texts", "other")));
    Run run =
        tokenized(
            run(
                "bad",
                1,
                data("fail", 0, 1, source("texts", 1, "phrase"), source("pictures", 1)),
                bound));
    assertThatThrownBy(() -> run.trainModel(Progress.silent(), new StopSignal()))
        .hasMessageContaining("'other' is not among data.sources; there are [texts, pictures]");
    assertThatThrownBy(
            () ->
                run(
                    "bad",
                    1,
                    data("fail", 0, 1, source("texts", 1, "phrases")),
                    masking(EVERYTHING)))
        .hasMessageContaining("data.sources.0: 'phrases' is not a modality of this run");
    assertThatThrownBy(() -> data("fail", 0, 1, source("a/texts", 1), source("b/texts", 1)))
        .hasMessageContaining("two sources are called 'texts'");
  }

  @Test
  void leavesOutSamplesWhoseFilesCannotBeRead() throws Exception {
    Files.write(folder.resolve("data/train/square/s3.bin"), new byte[5]);
    Files.delete(folder.resolve("data/train/phrase/s8.txt"));
    assertThatThrownBy(() -> tokenized(run("fail", 1, data("fail", 9, 1), masking(EVERYTHING))))
        .hasMessageContaining("missing: 1 (s8)");
    assertThatThrownBy(() -> tokenized(run("few", 1, data("skip", 1, 1), masking(EVERYTHING))))
        .hasMessageContaining("2 samples cannot be read, data.max_skips allows 1");

    Run run = tokenized(run("skip", 2, data("skip", 2, 3), masking(EVERYTHING)));
    assertThat(DatasetTools.inspect(run.folders().tokens("train")).samples()).isEqualTo(18);
    assertThat(folder.resolve("skip/skipped/train.json"))
        .content()
        .contains("square/s3.bin: has 5 bytes, must have 64")
        .contains("sample 's8' has no file of 'phrase'");
    assertThat(trained(run)).isNotEmpty();
  }

  @Test
  void putsTheNextSampleInPlaceOfOneWhoseTokensAreDamaged() throws Exception {
    Run maker = tokenized(run("maker", 1, data("fail", 0, 1), masking(EVERYTHING)));
    Path made = maker.folders().tokens("train");
    Path tar = made.resolve(TOKENS).resolve("shard-00000.tar");
    byte[] bytes = Files.readAllBytes(tar);
    // The first entry's header takes 512 bytes; what follows is its array.
    Arrays.fill(bytes, 512, 520, (byte) 'x');
    Files.write(tar, bytes);
    Path target = folder.resolve("data/made/train");
    Files.createDirectories(target.getParent());
    Files.move(made, target);

    SourceRecipe source = tokenized(Path.of("made"), "shard-{00000..00000}.tar");
    Run strict =
        withTokenizersOf(maker, run("strict", 4, data("fail", 0, 1, source), masking(EVERYTHING)));
    assertThatThrownBy(() -> strict.trainModel(Progress.silent(), new StopSignal()))
        .hasMessageContaining(TOKENS + "/s0.npy");
    Run one =
        withTokenizersOf(maker, run("skip1", 4, data("skip", 1, 1, source), masking(EVERYTHING)));
    Run four =
        withTokenizersOf(maker, run("skip4", 4, data("skip", 1, 4, source), masking(EVERYTHING)));
    assertThat(trained(four)).isEqualTo(trained(one));
    Run none =
        withTokenizersOf(maker, run("none", 4, data("skip", 0, 1, source), masking(EVERYTHING)));
    assertThatThrownBy(() -> none.trainModel(Progress.silent(), new StopSignal()))
        .hasMessageContaining("1 samples cannot be read, data.max_skips allows 0");
  }

  private static Run withTokenizersOf(Run maker, Run run) throws IOException {
    Path from = maker.folders().root().resolve("tokenizers");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = run.folders().root().resolve("tokenizers").resolve(from.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    return run;
  }

  @Test
  void trainsOnOneTaskWithoutChanceInMasks() throws Exception {
    TaskRecipe task = new TaskRecipe(List.of("square@8"), List.of(TOKENS));
    assertThat(trained(tokenized(run("task", 2, data("fail", 0, 1), task(task, 8))))).isNotEmpty();
    Run small = tokenized(run("small", 2, data("fail", 0, 1), task(task, 3)));
    assertThatThrownBy(() -> small.trainModel(Progress.silent(), new StopSignal()))
        .hasMessageContaining(
            "masking.target_tokens is 3, the task's target [" + TOKENS + "] needs up to 4");
  }

  private static MaskingRecipe task(TaskRecipe task, int targetTokens) {
    return new MaskingRecipe(
        8,
        OptionalInt.empty(),
        targetTokens,
        OptionalInt.empty(),
        false,
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.of(task));
  }

  @Test
  void takesTokensInThePublishedLayoutAsItsOwn() throws Exception {
    Run run = prepared(run("import", 2, data("fail", 0, 1), masking(EVERYTHING)));
    Path from = folder.resolve("data/train");
    for (int i = 0; i < 20; i++) {
      short[] tokens = new short[3 * 4];
      Arrays.fill(tokens, (short) (i % 16));
      writeNpy(
          from.resolve(TOKENS).resolve("s" + i + ".npy"), new NpyArray(new int[] {3, 4}, tokens));
      long[] crops = {0, 0, 8, 8, 0, 1, 1, 6, 6, 1, 2, 2, 4, 4, 0};
      writeNpy(from.resolve("crop_settings/s" + i + ".npy"), new NpyArray(new int[] {3, 5}, crops));
    }
    Path bad = from.resolve(TOKENS).resolve("s7.npy");
    byte[] good = Files.readAllBytes(bad);
    writeNpy(bad, new NpyArray(new int[] {2, 4}, new short[] {1, 2, 3, 4, 5, 16, 7, 8}));
    assertThatThrownBy(() -> imported(run, from))
        .hasMessageContaining(
            TOKENS + "/s7.npy: token 16 at crop 1, place 1 is outside of the vocabulary, 0 to 15");
    writeNpy(bad, new NpyArray(new int[] {1, 4}, new short[4]));
    assertThatThrownBy(() -> imported(run, from))
        .hasMessageContaining(
            "s7.npy: is INT16 of shape [1, 4], must be whole numbers of shape (at least 2 crops, 4 tokens)");

    Files.write(bad, good);
    assertThat(imported(run, from)).isTrue();
    assertThat(run.tokenize("train", Progress.silent(), new StopSignal())).isTrue();
    try (Samples tokens =
        Datasets.open(run.folders().tokens("train"), List.of(TOKENS, "square@8"))) {
      int[] row = Npy.read(tokens.read(TOKENS, 1).bytes()).toInts();
      assertThat(tokens.name(1)).isEqualTo("s1");
      assertThat(row).hasSize(2 * 4).containsOnly(1);
    }
    assertThat(trained(run)).isNotEmpty();
    assertThatThrownBy(() -> imported(run, from)).hasMessageContaining("is there already");

    // Raw files that go or change do not make imported tokens worthless.
    Files.delete(from.resolve("square/s19.bin"));
    Files.delete(from.resolve("phrase/s19.txt"));
    assertThat(run.tokenize("train", Progress.silent(), new StopSignal())).isTrue();
    Path contract = run.folders().tokens("train").resolve("phrase/contract.json");
    Files.writeString(
        contract, Files.readString(contract).replace("\"crops\" : 2", "\"crops\" : 3"));
    assertThatThrownBy(() -> run.tokenize("train", Progress.silent(), new StopSignal()))
        .hasMessageContaining(
            "holds imported tokens of other samples than the raw files, that do not fit")
        .hasMessageContaining("crops per sample is 3, expected 2");
  }

  private static boolean imported(Run run, Path from) throws Exception {
    return run.importTokens("train", from, Progress.silent(), new StopSignal());
  }

  private static void writeNpy(Path file, NpyArray array) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, Npy.write(array));
  }
}
