package org.anymod.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.data.Datasets;
import org.anymod.core.data.Samples;
import org.anymod.core.data.TokenContract;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.ComponentRecipe;
import org.anymod.core.recipe.DataRecipe;
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.core.recipe.ModalityRecipe;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.recipe.TextRecipe;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.core.recipe.TrainingRecipe;
import org.anymod.core.tokenize.PartCodes;
import org.anymod.core.tokenize.Reconstructions;
import org.anymod.core.tokenize.StoredTexts;
import org.anymod.core.values.ValueReader;
import org.anymod.media.Json;
import org.anymod.spi.Modality;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Text that follows crops and holds codes of a tokenizer of its parts, from files to predictions.
 */
class CodedTextRunTest {
  private static final int CROPS = 3;
  private static final String PIXELS = "square@8";

  @TempDir Path folder;

  private final List<Modality> modalities =
      List.of(new SquareModality("square", true), new DotsModality());

  @BeforeEach
  void writeData() throws IOException {
    writeSplit("train", 12);
    writeSplit("val", 4);
  }

  private void writeSplit(String split, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      StreamRandom random = StreamRandom.at(1, split, i);
      byte[] pixels = new byte[64];
      for (int p = 0; p < 64; p++) {
        pixels[p] = (byte) random.nextInt(200);
      }
      write(split, "square/s" + i + ".bin", pixels);
      List<Object> dots = new ArrayList<>();
      for (int d = 0; d < i % 3; d++) {
        double shade = random.nextDouble();
        dots.add(DotsModality.dot(random.nextInt(8), shade, 1 - shade, shade, 0.5));
      }
      write(split, "dots/s" + i + ".json", Json.write(dots));
    }
  }

  private void write(String split, String file, byte[] bytes) throws IOException {
    Path path = folder.resolve("data").resolve(split).resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, bytes);
  }

  private static TokenizerRecipe tokenizer(int vocabulary) {
    Map<String, Object> settings = Map.of("encoder", "BottleneckMLP/B_1-Wi_16", "latent", 8);
    return new TokenizerRecipe(
        Optional.empty(), OptionalInt.of(vocabulary), 5, 4, 3e-3, 2, settings);
  }

  private Run run(String output, Map<String, TokenizerRecipe> tokenizers) {
    ComponentRecipe all = new ComponentRecipe(1, 0.5, Map.of(), 0.5, Map.of(), Map.of());
    ModalityRecipe declared = new ModalityRecipe("declared");
    Recipe recipe =
        new Recipe(
            "test",
            folder.resolve(output),
            3,
            "cpu",
            "float32",
            8,
            4,
            Map.of(PIXELS, declared, DotsModality.KEY, declared),
            new DataRecipe(folder.resolve("data"), "train", "val", CROPS, 0.5, 0.5),
            new TextRecipe(Optional.empty(), 600, 10, List.of()),
            tokenizers,
            new ModelRecipe(16, 1, 1, 2, 4, true, false, false, true, "aligned"),
            SquareRecipe.masking(all),
            new TrainingRecipe(3, 4, 3e-3, 0, 1, 0.9, 0.95, 0.01, 1, "mod", 1, 3, 2),
            Map.of(),
            new EvaluationRecipe(0, 4, 2, List.of(), List.of(), 2));
    return new Run(recipe, modalities, List.of());
  }

  private static Run prepared(Run run) throws Exception {
    run.vocabulary(Progress.silent());
    for (UsedModality modality : run.modalities().tokenized()) {
      run.trainTokenizer(modality, Progress.silent(), new StopSignal());
    }
    run.tokenize("train", Progress.silent(), new StopSignal());
    run.tokenize("val", Progress.silent(), new StopSignal());
    return run;
  }

  @Test
  void trainsTheTokenizerOfPartsStoresEachCropAndPredicts() throws Exception {
    Run run = prepared(run("run", Map.of(DotsModality.KEY, tokenizer(8))));
    UsedModality dots = run.modalities().get(DotsModality.KEY);
    assertThat(run.modalities().tokenized()).containsExactly(dots);
    assertThat(run.tokenizers().isTrained(dots)).isTrue();

    checkStoredCrops(run, dots);
    run.trainModel(Progress.silent(), new StopSignal());
    try (Predictor predictor = Predictor.open(run)) {
      Value square = new Value.Raster(1, 8, 8, new float[64]);
      List<Map<String, Value>> rows = List.of(Map.of(PIXELS, square), Map.of(PIXELS, square));
      assertThat(predictor.predict(rows, List.of(DotsModality.KEY), 1, 0)).hasSize(2);
      Value whole = new Value.Structured(List.of(DotsModality.dot(3, 0.1, 0.9, 0.1, 0.5)));
      Value back = predictor.reconstruct(DotsModality.KEY, List.of(whole)).get(0);
      assertThat(DotsModality.dots(back).get(0)).containsKeys("x", "part", "codes");
      predictor.predict(List.of(Map.of(DotsModality.KEY, whole)), List.of(DotsModality.KEY), 1, 0);
    }
  }

  /** The stored text of each crop has the dots that the crop holds, with codes of the tokenizer. */
  private void checkStoredCrops(Run run, UsedModality dots) throws Exception {
    Path tokens = run.folders().tokens("train");
    TokenContract contract = TokenContract.read(tokens.resolve(DotsModality.KEY));
    ValueReader reader = run.data().values("train");
    try (Tokenizer tokenizer = run.tokenizers().load(dots);
        Samples raw = reader.samples();
        Samples stored = Datasets.open(tokens, List.of(DotsModality.KEY))) {
      assertThat(contract.vocabulary()).isEqualTo(8);
      assertThat(contract.tokenizerFamily()).isEqualTo("mlp-vqvae");
      assertThat(contract.tokenizerIdentity())
          .isEqualTo(run.tokenizers().identity(dots, tokenizer));
      PartCodes codes = PartCodes.of(dots, tokenizer).orElseThrow();
      List<Value> cropped = new ArrayList<>();
      List<Value> found = new ArrayList<>();
      for (int i = 0; i < raw.size(); i++) {
        byte[] file = stored.read(DotsModality.KEY, i).bytes();
        for (int c = 0; c < CROPS; c++) {
          cropped.add(
              run.data().cropped(reader, dots, run.data().trainingCrops()).get(i * CROPS + c));
          found.add(StoredTexts.crop(dots, file, c));
        }
      }
      assertThat(found).isEqualTo(codes.filled(cropped));
      assertThat(cropped.stream().distinct().count()).isGreaterThan(raw.size());
    }
  }

  @Test
  void leavesOutValuesWithoutPartsWhenItMeasures() throws Exception {
    Run run = prepared(run("measured", Map.of(DotsModality.KEY, tokenizer(8))));
    UsedModality dots = run.modalities().get(DotsModality.KEY);
    try (Tokenizer tokenizer = run.tokenizers().load(dots)) {
      Value none = new Value.Structured(List.of());
      Value two =
          new Value.Structured(
              List.of(DotsModality.dot(1, 0, 0, 0, 0), DotsModality.dot(2, 1, 1, 1, 1)));
      Reconstructions back = Reconstructions.of(dots, tokenizer, List.of(none, two, none));
      assertThat(back.tokens()).hasDimensions(2, 2);
      assertThat(back.error()).isZero();
      // Codes that only a larger tokenizer has do not end a prediction.
      Value foreign = ((DotsModality.DotText) dots.coded().get()).read("dot v0=1 v1=31 v1=7");
      PartCodes codes = PartCodes.of(dots, tokenizer).orElseThrow();
      assertThat(codes.decoded(List.of(foreign, none))).hasSize(2);
      assertThatThrownBy(() -> codes.filled(List.of(foreign)))
          .hasMessageContaining("dots: a value has the codes [31, 7], must be 2 from 0 to 7");
    }
  }

  @Test
  void needsCodesInTheFilesWhereItHasNoTokenizer() throws Exception {
    Run run = run("none", Map.of());
    assertThat(run.modalities().tokenized()).isEmpty();
    assertThatThrownBy(() -> prepared(run))
        .hasMessageContaining("dots/s1.json: the codes of its parts are missing")
        .hasMessageContaining("add an entry 'dots' to tokenizers");
    for (String split : List.of("train", "val")) {
      for (int i = 0; i < 12; i++) {
        Map<String, Object> dot = DotsModality.dot(4);
        dot.put("codes", List.of(3L, 31L));
        if (split.equals("train") || i < 4) {
          write(split, "dots/s" + i + ".json", Json.write(List.of(dot)));
        }
      }
    }
    prepared(run).trainModel(Progress.silent(), new StopSignal());
    try (Samples stored = Datasets.open(run.folders().tokens("val"), List.of(DotsModality.KEY))) {
      assertThat(new String(stored.read(DotsModality.KEY, 0).bytes()))
          .isEqualTo("[[{\"x\":4,\"codes\":[3,31]}]]");
    }
  }

  @Test
  void refusesMoreCodesThanTheTextHasWordsFor() {
    assertThatThrownBy(() -> run("large", Map.of(DotsModality.KEY, tokenizer(64))))
        .hasMessageContaining(
            "tokenizers.dots.vocabulary is 64, the text has words for at most 32 codes");
  }

  @Test
  void refusesToLearnPartsThatNoFileHas() throws Exception {
    for (int i = 0; i < 12; i++) {
      write("train", "dots/s" + i + ".json", "[]".getBytes());
    }
    Run run = run("empty", Map.of(DotsModality.KEY, tokenizer(8)));
    UsedModality dots = run.modalities().get(DotsModality.KEY);
    assertThatThrownBy(() -> run.trainTokenizer(dots, Progress.silent(), new StopSignal()))
        .hasMessageContaining("tokenizers.dots: none of the 36 values has parts to learn from");
  }
}
