package org.anymod.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.FolderLock;
import org.anymod.core.data.TokenContract;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.ComponentRecipe;
import org.anymod.core.recipe.DataRecipe;
import org.anymod.core.recipe.MaskingRecipe;
import org.anymod.core.recipe.ModalityRecipe;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.spi.Modality;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that are made, made again, and left alone. */
class TokenizeTest {
  private static final Map<String, Object> SETTINGS =
      Map.of("dim", 16, "depth", 1, "heads", 2, "latent", 4);

  @TempDir Path folder;

  private final List<String> messages = new ArrayList<>();
  private final List<Modality> modalities =
      List.of(
          new SquareModality("square", true),
          new SquareModality("tok_square", false),
          new PhraseModality());

  @BeforeEach
  void writeData() throws IOException {
    writeSamples(0, 10);
  }

  private void writeSamples(int from, int to) throws IOException {
    Path squares = Files.createDirectories(folder.resolve("data/train/square"));
    Path phrases = Files.createDirectories(folder.resolve("data/train/phrase"));
    for (int i = from; i < to; i++) {
      byte[] bytes = new byte[64];
      StreamRandom random = StreamRandom.at(2, "square", i);
      for (int p = 0; p < bytes.length; p++) {
        bytes[p] = (byte) random.nextInt(200);
      }
      Files.write(squares.resolve("s%02d.bin".formatted(i)), bytes);
      Files.writeString(phrases.resolve("s%02d.txt".formatted(i)), "number " + i);
    }
  }

  private Run run(
      String output, int shard, double flip, Map<String, Object> settings, String... keys) {
    DataRecipe data =
        new DataRecipe(
            folder.resolve("data"),
            "train",
            "val",
            2,
            0.8,
            flip,
            List.of(),
            0,
            "fail",
            0,
            1,
            shard);
    ComponentRecipe all = new ComponentRecipe(1, 0.5, Map.of(), 0.5, Map.of(), Map.of());
    Recipe base =
        SquareRecipe.of(
            folder.resolve(output),
            1,
            data,
            new MaskingRecipe(8, OptionalInt.empty(), 8, OptionalInt.empty(), false, List.of(all)));
    TokenizerRecipe tokenizer =
        new TokenizerRecipe(Optional.empty(), OptionalInt.of(16), 1, 4, 3e-3, 2, settings);
    Map<String, ModalityRecipe> used = new TreeMap<>();
    for (String key : keys) {
      used.put(key, new ModalityRecipe("declared"));
    }
    return new Run(
        new Recipe(
            base.name(),
            base.output(),
            base.seed(),
            base.device(),
            base.precision(),
            base.resolution(),
            base.patch(),
            used,
            data,
            base.text(),
            used.containsKey(SquareRecipe.TOKENS)
                ? Map.of(SquareRecipe.TOKENS, tokenizer)
                : Map.of(),
            base.model(),
            base.masking(),
            base.training(),
            base.sampling(),
            base.evaluation()),
        modalities,
        List.of());
  }

  private Run run(String output, int shard) {
    return run(output, shard, 0.5, SETTINGS, "square@8", SquareRecipe.TOKENS, "phrase");
  }

  private boolean tokenize(Run run, StopSignal stop) throws Exception {
    for (UsedModality modality : run.modalities().tokenized()) {
      run.trainTokenizer(modality, Progress.silent(), new StopSignal());
    }
    messages.clear();
    return run.tokenize("train", listener(stop, 4), stop);
  }

  private Map<String, String> tokens(Run run) throws Exception {
    assertThat(tokenize(run, new StopSignal())).isTrue();
    return files(run);
  }

  /** Notes messages, and asks to stop once so many samples are done. */
  private Progress listener(StopSignal stop, long after) {
    return new Progress() {
      @Override
      public void start(String task, long total, String unit) {}

      @Override
      public void advance(long done, String note) {
        if (done >= after && messages.contains("stop")) {
          stop.request();
        }
      }

      @Override
      public void finish() {}

      @Override
      public void message(String line) {
        messages.add(line);
      }
    };
  }

  /** Every file of the tokens, those that begin with a dot aside, with its content. */
  private static Map<String, String> files(Run run) throws IOException {
    Path root = run.folders().tokens("train");
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().startsWith(".")) {
          files.put(
              root.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
      }
    }
    return files;
  }

  @Test
  void shardsHaveTheSizeOfTheRecipe() throws Exception {
    assertThat(tokens(run("a", 4)).keySet())
        .filteredOn(name -> name.startsWith("phrase/"))
        .containsExactly(
            "phrase/contract.json",
            "phrase/shard-00000.tar",
            "phrase/shard-00001.tar",
            "phrase/shard-00002.tar");
  }

  @Test
  void whatAKilledProcessLeftIsNotTakenForTokens() throws Exception {
    Run run = run("a", 4);
    Map<String, String> whole = tokens(run);
    Path root = run.folders().tokens("train");
    Files.delete(root.resolve("manifest.json"));
    Files.delete(root.resolve("square@8/shard-00001.tar"));
    Files.writeString(root.resolve("phrase/shard-00002.tar"), "cut off");
    Files.writeString(root.resolve("phrase/shard-00001.tar.tmp"), "half");
    Files.writeString(root.resolve("phrase/.contract.json123.tmp"), "half");
    Files.writeString(root.resolve(".manifest.json9.tmp"), "half");
    Files.copy(root.resolve("phrase/shard-00000.tar"), root.resolve("phrase/shard-00007.tar"));
    assertThat(tokens(run)).isEqualTo(whole);
    try (Stream<Path> all = Files.walk(root)) {
      assertThat(all).noneMatch(file -> file.toString().endsWith(".tmp"));
    }
  }

  @Test
  void shardsOfAnotherSizeAreNotMixed() throws Exception {
    Run other = run("a", 3);
    tokens(other);
    Files.delete(other.folders().tokens("train").resolve("manifest.json"));
    assertThat(tokens(run("a", 4))).isEqualTo(tokens(run("b", 4)));
  }

  @Test
  void stopsAfterTheCurrentGroupAndGoesOnToTheSameBytes() throws Exception {
    // Groups are of 32 samples, for two crops of each.
    writeSamples(10, 99);
    Run run = run("a", 80);
    for (UsedModality modality : run.modalities().tokenized()) {
      run.trainTokenizer(modality, Progress.silent(), new StopSignal());
    }
    StopSignal stop = new StopSignal();
    messages.add("stop");
    assertThat(run.tokenize("train", listener(stop, 4), stop)).isFalse();
    assertThat(messages).contains("stopped in shard 0; the next call goes on from its start");
    assertThat(files(run).keySet()).noneMatch(name -> name.contains("shard-"));
    assertThat(tokens(run)).isEqualTo(tokens(run("b", 80)));
  }

  @Test
  void onlyWhatChangedIsMadeAgain() throws Exception {
    Run run = run("a", 4);
    tokens(run);
    Path phrase = run.folders().tokens("train").resolve("phrase/shard-00000.tar");
    Object before = Files.readAttributes(phrase, "unix:ino").get("ino");
    Map<String, Object> other = new TreeMap<>(SETTINGS);
    other.put("heads", 4);
    Run changed = run("a", 4, 0.5, other, "square@8", SquareRecipe.TOKENS, "phrase");
    Map<String, String> again = tokens(changed);
    assertThat(messages)
        .anyMatch(line -> line.contains("tok_square@8 is made again: tokenizer identity is "));
    assertThat(messages).noneMatch(line -> line.contains("phrase is made again"));
    assertThat(Files.readAttributes(phrase, "unix:ino").get("ino")).isEqualTo(before);
    assertThat(tokens(changed)).isEqualTo(again);
    assertThat(messages).noneMatch(line -> line.contains("again"));
  }

  @Test
  void aNewModalityIsAddedToFinishedTokens() throws Exception {
    tokens(run("a", 4, 0.5, SETTINGS, "square@8", "phrase"));
    Map<String, String> added = tokens(run("a", 4));
    assertThat(added).isEqualTo(tokens(run("b", 4)));
  }

  @Test
  void newSamplesAreNoticed() throws Exception {
    Run run = run("a", 4);
    tokens(run);
    writeSamples(10, 12);
    assertThat(tokens(run).keySet()).contains("phrase/shard-00002.tar");
    assertThat(messages).anyMatch(line -> line.contains("the samples have changed"));
    assertThat(files(run)).isEqualTo(tokens(run("b", 4)));
  }

  @Test
  void otherCropsAreAnotherContract() throws Exception {
    Run run = run("a", 4);
    tokens(run);
    Run still = run("a", 4, 0, SETTINGS, "square@8", SquareRecipe.TOKENS, "phrase");
    tokens(still);
    assertThat(messages).anyMatch(line -> line.contains("flip is 0.5, expected 0.0"));
  }

  @Test
  void contractsOfAnotherVersionAreMadeAgain() throws Exception {
    Run run = run("a", 4);
    Map<String, String> whole = tokens(run);
    Path contract = run.folders().tokens("train").resolve("phrase/contract.json");
    Files.writeString(contract, "{\"version\" : 1}");
    assertThat(tokens(run)).isEqualTo(whole);
  }

  @Test
  void twoProcessesDoNotWriteTheSameTokens() throws Exception {
    Run run = run("a", 4);
    FolderLock lock = FolderLock.take(run.folders().tokens("train"));
    try {
      assertThatThrownBy(() -> tokens(run))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("being written by another process");
    } finally {
      lock.close();
    }
    assertThat(tokens(run)).isNotEmpty();
  }

  private String identity(Map<String, Object> settings) throws Exception {
    Run run = run("identity", 4, 0.5, settings, "square@8", SquareRecipe.TOKENS);
    for (UsedModality modality : run.modalities().tokenized()) {
      run.trainTokenizer(modality, Progress.silent(), new StopSignal());
    }
    TokenContract contract =
        run.tokens().contracts(run.data().trainingCrops()).get(SquareRecipe.TOKENS);
    return contract.tokenizerIdentity();
  }

  @Test
  void equalWeightsWithOtherSettingsAreAnotherTokenizer() throws Exception {
    Map<String, Object> fsq =
        Map.of("dim", 16, "depth", 1, "heads", 2, "quantizer", "fsq", "levels", "4, 4");
    Map<String, Object> levels = new TreeMap<>(fsq);
    levels.put("levels", "2, 8");
    Map<String, Object> heads = new TreeMap<>(fsq);
    heads.put("heads", 4);
    Map<String, Object> loss = new TreeMap<>(fsq);
    loss.put("loss", "l1");
    String own = identity(fsq);
    // All of these load the same weights file: no tensor tells them apart.
    assertThat(identity(levels)).isNotEqualTo(own);
    assertThat(identity(heads)).isNotEqualTo(own);
    assertThat(identity(loss)).isEqualTo(own);
  }
}
