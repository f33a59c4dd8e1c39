package org.anymod.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.anymod.core.Progress;
import org.anymod.core.StopAt;
import org.anymod.core.StopSignal;
import org.anymod.core.pipeline.Run;
import org.anymod.core.pipeline.TinyWorld;
import org.anymod.core.recipe.AverageRecipe;
import org.anymod.core.recipe.GuardRecipe;
import org.anymod.core.recipe.ScheduleRecipe;
import org.anymod.core.recipe.ValidationRecipe;
import org.anymod.torch.SafeTensors;
import org.anymod.torch.StoredType;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole trainings of a tiny model. */
class ModelTrainerTest {
  @TempDir static Path folder;

  private static TinyWorld world;

  @BeforeAll
  static void makeWorld() throws Exception {
    world = TinyWorld.in(folder);
  }

  private static Run train(String name, TrainingSettings settings) throws Exception {
    Run run = world.run(name, settings.recipe());
    train(run, Long.MAX_VALUE);
    return run;
  }

  private static StopAt train(Run run, long stopAt) throws Exception {
    StopAt listener = new StopAt(stopAt);
    run.trainModel(listener, listener.signal());
    return listener;
  }

  private static byte[] file(Run run, String name) throws IOException {
    return Files.readAllBytes(run.folders().checkpoints().resolve(name));
  }

  private static byte[] model(Run run) throws IOException {
    return Files.readAllBytes(run.model().checkpoints().latestModel().orElseThrow());
  }

  private static Map<String, float[]> tensors(Path file) throws IOException {
    Map<String, float[]> numbers = new LinkedHashMap<>();
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      for (Map.Entry<String, NDArray> tensor : SafeTensors.read(file, scope.manager()).entrySet()) {
        numbers.put(tensor.getKey(), tensor.getValue().toFloatArray());
      }
    }
    return numbers;
  }

  private static List<JsonNode> log(Run run, String file) throws IOException {
    return new TrainingLog(run.folders().logs().resolve(file)).read();
  }

  private static double figure(List<JsonNode> lines, int line, String name) {
    assertThat(lines.get(line).has(name)).as(name).isTrue();
    return lines.get(line).get(name).asDouble();
  }

  @Test
  void severalBatchesInAStepLearnWhatOneLargeOneDoes() throws Exception {
    for (String loss : List.of("mod", "token")) {
      TrainingSettings whole = new TrainingSettings();
      whole.steps = 6;
      whole.loss = loss;
      whole.batch = 12;
      TrainingSettings parts = new TrainingSettings();
      parts.steps = 6;
      parts.loss = loss;
      parts.batch = 3;
      parts.accumulate = 4;
      List<JsonNode> expected = log(train("whole-" + loss, whole), "train.jsonl");
      List<JsonNode> found = log(train("parts-" + loss, parts), "train.jsonl");
      assertThat(found).hasSize(6);
      for (int i = 0; i < 6; i++) {
        for (String name :
            List.of("loss", "grad_norm", "loss/phrase", "loss/" + TinyWorld.TOKENS)) {
          double value = figure(expected, i, name);
          assertThat(figure(found, i, name)).isCloseTo(value, within(2e-4 * value));
        }
        assertThat(figure(found, i, "target_tokens"))
            .isEqualTo(figure(expected, i, "target_tokens"));
      }
    }
  }

  private static TrainingSettings everything() {
    TrainingSettings settings = new TrainingSettings();
    settings.steps = 23;
    settings.accumulate = 2;
    settings.batch = 4;
    settings.lazy = true;
    settings.ema = new AverageRecipe(0.9, 2, true);
    settings.guard = new GuardRecipe("skip", 1.6, 1.05, 16);
    settings.validation =
        new ValidationRecipe(6, 5, OptionalInt.of(3), OptionalInt.of(4), OptionalInt.empty());
    settings.schedule =
        new ScheduleRecipe(
            "inverse_sqrt",
            10,
            5,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalDouble.of(0.1),
            OptionalDouble.of(0.02),
            4,
            OptionalLong.empty(),
            OptionalDouble.empty(),
            List.of("blocks"));
    return settings;
  }

  @Test
  void resumesBitIdenticallyWithEverythingSwitchedOn() throws Exception {
    Run whole = train("all-whole", everything());
    Run interrupted = world.run("all-interrupted", everything().recipe());
    for (long at : new long[] {2, 9, 16, 23}) {
      train(interrupted, at);
    }
    for (String part : List.of("model", "average", "training")) {
      String name = part + "-00000023.safetensors";
      assertThat(file(interrupted, name)).as(part).isEqualTo(file(whole, name));
    }
    List<JsonNode> lines = log(whole, "train.jsonl");
    assertThat(log(interrupted, "train.jsonl")).isEqualTo(lines);
    // Else the guard would not have been part of the test.
    assertThat(lines.stream().filter(line -> line.has("skipped")).count()).isBetween(1L, 22L);
    assertThat(log(interrupted, "validation.jsonl")).isEqualTo(log(whole, "validation.jsonl"));
    assertThat(file(whole, "average-00000023.safetensors")).isNotEqualTo(model(whole));
    assertThat(whole.model().weights().orElseThrow().getFileName())
        .hasToString("average-00000023.safetensors");
  }

  @Test
  void readingFiguresLaterChangesNothing() throws Exception {
    Run prompt = world.run("prompt", everything().recipe());
    train(prompt, Long.MAX_VALUE);
    Run late = world.run("late", everything().recipe());
    late.trainModel(Progress.silent(), new StopSignal(), trainer -> trainer.reading(1));
    String name = "training-00000023.safetensors";
    assertThat(file(late, name)).isEqualTo(file(prompt, name));
    assertThat(model(late)).isEqualTo(model(prompt));
    assertThat(log(late, "train.jsonl")).isEqualTo(log(prompt, "train.jsonl"));
  }

  @Test
  void averageFollowsTheWeightsOfEachStep() throws Exception {
    TrainingSettings settings = new TrainingSettings();
    settings.steps = 4;
    settings.checkpointEvery = 1;
    settings.keep = 10;
    settings.ema = new AverageRecipe(0.75, 1, false);
    Run run = train("average", settings);
    Path checkpoints = run.folders().checkpoints();
    Map<String, float[]> average = tensors(checkpoints.resolve("average-00000001.safetensors"));
    for (int step = 2; step <= 4; step++) {
      Map<String, float[]> weights =
          tensors(checkpoints.resolve("model-0000000" + step + ".safetensors"));
      Map<String, float[]> next =
          tensors(checkpoints.resolve("average-0000000" + step + ".safetensors"));
      for (String name : weights.keySet()) {
        for (int i = 0; i < weights.get(name).length; i++) {
          float expected = 0.75f * average.get(name)[i] + 0.25f * weights.get(name)[i];
          assertThat(next.get(name)[i]).isCloseTo(expected, within(1e-6f));
        }
      }
      average = next;
    }
    assertThat(run.model().weights()).isEqualTo(run.model().checkpoints().latestModel());
  }

  @Test
  void stopsAtASpikeWithTheWeightsOfBeforeIt() throws Exception {
    TrainingSettings free = new TrainingSettings();
    free.keepEvery = 1;
    free.checkpointEvery = 1;
    Run whole = train("free", free);
    for (int lag = 0; lag < 2; lag++) {
      TrainingSettings settings = new TrainingSettings();
      settings.guard = new GuardRecipe("stop", 0, 1e-3, 16);
      Run run = world.run("spike-" + lag, settings.recipe());
      int stepsLater = lag;
      assertThatThrownBy(
              () ->
                  run.trainModel(
                      Progress.silent(), new StopSignal(), trainer -> trainer.reading(stepsLater)))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("at step 18")
          .hasMessageContaining("above the limit")
          .hasMessageContaining("failure-00000018.json");
      assertThat(run.model().checkpoints().latest()).hasValue(17);
      assertThat(model(run)).isEqualTo(file(whole, "model-00000017.safetensors"));
      JsonNode failure =
          new ObjectMapper()
              .readTree(run.folders().logs().resolve("failure-00000018.json").toFile());
      assertThat(failure.get("samples")).hasSize(8);
      assertThat(failure.get("samples").get(0).asText()).matches("s\\d+");
      assertThat(failure.get("loss").asDouble())
          .isEqualTo(figure(log(whole, "train.jsonl"), 17, "loss"));
      assertThat(failure.get("losses").has("phrase")).isTrue();
    }
  }

  @Test
  void goesOnFromTheCheckpointBeforeADamagedOne() throws Exception {
    TrainingSettings settings = new TrainingSettings();
    Run whole = train("undamaged", settings);
    for (String part : List.of("model", "training")) {
      Run run = world.run("damaged-" + part, settings.recipe());
      train(run, 17);
      Path newest = run.folders().checkpoints().resolve(part + "-00000017.safetensors");
      byte[] bytes = Files.readAllBytes(newest);
      bytes[bytes.length - 5] ^= 1;
      Files.write(newest, bytes);
      StopAt listener = train(run, Long.MAX_VALUE);
      assertThat(listener.messages())
          .anyMatch(
              line ->
                  line.startsWith("the checkpoint of step 17 is damaged: ")
                      && line.contains(newest.getFileName().toString()));
      assertThat(model(run)).isEqualTo(model(whole));
      assertThat(log(run, "train.jsonl")).isEqualTo(log(whole, "train.jsonl"));
    }
  }

  @Test
  void refusesToBeginAnewWhereEveryCheckpointIsDamaged() throws Exception {
    TrainingSettings settings = new TrainingSettings();
    settings.steps = 3;
    Run run = train("ruined", settings);
    Files.write(run.folders().checkpoints().resolve("model-00000003.safetensors"), new byte[100]);
    assertThat(run.model().checkpoints().latest()).isEmpty();
    assertThatThrownBy(() -> train(run, Long.MAX_VALUE))
        .hasMessageContaining("every checkpoint is damaged");
  }

  @Test
  void keepsTheNewestAndEveryFewCheckpoints() throws Exception {
    TrainingSettings settings = new TrainingSettings();
    settings.steps = 11;
    settings.checkpointEvery = 2;
    settings.keep = 2;
    settings.keepEvery = 4;
    Run run = train("kept", settings);
    try (Stream<Path> files = Files.list(run.folders().checkpoints())) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.startsWith("model")))
          .containsExactlyInAnyOrder(
              "model-00000004.safetensors",
              "model-00000008.safetensors",
              "model-00000010.safetensors",
              "model-00000011.safetensors");
    }
  }

  @Test
  void frozenPartsStayWhileTheOthersLearn() throws Exception {
    TrainingSettings none = new TrainingSettings();
    none.steps = 1;
    none.learningRate = 0;
    Map<String, float[]> fresh =
        tensors(train("fresh", none).model().checkpoints().latestModel().orElseThrow());
    TrainingSettings settings = new TrainingSettings();
    settings.steps = 5;
    settings.freeze = List.of("encoder", "embeddings:phrase");
    Map<String, float[]> trained =
        tensors(train("frozen", settings).model().checkpoints().latestModel().orElseThrow());
    assertThat(trained.get("encoder.0.mlp.fc1.weight"))
        .isEqualTo(fresh.get("encoder.0.mlp.fc1.weight"));
    assertThat(trained.get("decoder_embeddings.phrase.token_emb.weight"))
        .isEqualTo(fresh.get("decoder_embeddings.phrase.token_emb.weight"));
    assertThat(trained.get("decoder.0.mlp.fc1.weight"))
        .isNotEqualTo(fresh.get("decoder.0.mlp.fc1.weight"));
  }

  @Test
  void firstPhaseHoldsTheBlocksOnly() throws Exception {
    TrainingSettings settings = everything();
    settings.steps = 4;
    settings.guard = GuardRecipe.defaults();
    settings.schedule =
        new ScheduleRecipe(
            "constant",
            1,
            0,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            2,
            OptionalLong.empty(),
            OptionalDouble.of(1e-2),
            List.of("blocks"));
    settings.checkpointEvery = 1;
    settings.keep = 9;
    Path checkpoints = train("phase", settings).folders().checkpoints();
    Map<String, float[]> first = tensors(checkpoints.resolve("model-00000001.safetensors"));
    Map<String, float[]> second = tensors(checkpoints.resolve("model-00000002.safetensors"));
    Map<String, float[]> fourth = tensors(checkpoints.resolve("model-00000004.safetensors"));
    String block = "decoder.0.mlp.fc1.weight";
    String table = "decoder_embeddings.phrase.token_emb.weight";
    assertThat(second.get(block)).isEqualTo(first.get(block));
    assertThat(second.get(table)).isNotEqualTo(first.get(table));
    assertThat(fourth.get(block)).isNotEqualTo(second.get(block));
  }

  @Test
  void computesInBfloat16WithWeightsInFloat32() throws Exception {
    TrainingSettings settings = new TrainingSettings();
    List<JsonNode> exact = log(train("float32", settings), "train.jsonl");
    settings.precision = "bfloat16";
    Run run = train("bfloat16", settings);
    List<JsonNode> rounded = log(run, "train.jsonl");
    for (int i = 0; i < exact.size(); i++) {
      assertThat(figure(rounded, i, "loss")).isCloseTo(figure(exact, i, "loss"), within(0.03));
    }
    assertThat(rounded).isNotEqualTo(exact);
    assertThat(
            SafeTensors.header(run.model().checkpoints().latestModel().orElseThrow())
                .tensors()
                .values())
        .allMatch(entry -> entry.type() == StoredType.F32);
  }

  @Test
  void validatesWithTheSameMasksEachTime() throws Exception {
    TrainingSettings settings = new TrainingSettings();
    settings.steps = 4;
    settings.learningRate = 0;
    settings.ema = new AverageRecipe(0.5, 1, true);
    settings.tensorboard = true;
    settings.validation =
        new ValidationRecipe(2, 6, OptionalInt.of(6), OptionalInt.of(3), OptionalInt.of(5));
    Run run = train("validated", settings);
    List<JsonNode> lines = log(run, "validation.jsonl");
    assertThat(lines).hasSize(2);
    List<String> names = new ArrayList<>();
    lines.get(0).fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .contains("loss", "loss/phrase", "fixed/loss", "ema/loss", "ema/fixed/loss/phrase");
    for (String name : names.subList(1, names.size())) {
      assertThat(figure(lines, 1, name)).isEqualTo(figure(lines, 0, name));
    }
    // The mean over modalities: both outputs have targets among six samples.
    double mean =
        (figure(lines, 0, "loss/phrase") + figure(lines, 0, "loss/" + TinyWorld.TOKENS)) / 2;
    assertThat(figure(lines, 0, "loss")).isCloseTo(mean, within(1e-9));
    assertThat(figure(lines, 0, "ema/loss")).isEqualTo(figure(lines, 0, "loss"));
    assertThat(run.folders().logs().resolve("tensorboard")).isNotEmptyDirectory();
  }

  @Test
  void moreStepsLeaveNoMoreTensors() throws Exception {
    assertThat(tensorsAfter(23)).isEqualTo(tensorsAfter(3));
  }

  private static int tensorsAfter(int steps) throws Exception {
    TrainingSettings settings = everything();
    settings.steps = steps;
    settings.schedule = ScheduleRecipe.cosine();
    ModelTrainer[] used = new ModelTrainer[1];
    int[] live = new int[1];
    StopAt listener =
        new StopAt(Long.MAX_VALUE) {
          @Override
          public void finish() {
            live[0] = used[0].model().scope().liveTensors();
          }
        };
    world
        .run("flat-" + steps, settings.recipe())
        .trainModel(
            listener,
            listener.signal(),
            trainer -> {
              used[0] = trainer;
              return trainer;
            });
    return live[0];
  }
}
