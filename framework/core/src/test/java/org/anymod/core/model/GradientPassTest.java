package org.anymod.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.spi.Loss;
import org.anymod.torch.AdamW;
import org.anymod.torch.Autograd;
import org.anymod.torch.Precision;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GradientPassTest {
  private static final TrainingPass PASS = TrainingPass.of(11, 3);

  private static Map<String, float[]> gradients(AnyToAnyModel model) {
    Map<String, float[]> gradients = new LinkedHashMap<>();
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      for (String name : model.parameters().trainedNames()) {
        NDArray weight = model.parameters().get(name);
        gradients.put(name, Autograd.gradient(weight, scope.manager()).toFloatArray());
      }
    }
    return gradients;
  }

  private static float run(
      AnyToAnyModel model, Batch batch, LossWeighting loss, TrainingPass pass) {
    try (TensorScope step = model.scope().open()) {
      return model.lossesAndGradients(batch, loss, pass, step).total().getFloat();
    }
  }

  private static Map<String, float[]> gradients(
      ModelRecipe recipe, LossWeighting loss, TrainingPass pass) {
    try (AnyToAnyModel model = TinyModels.model(recipe, Precision.FLOAT32)) {
      run(model, TinyModels.batch(1), loss, pass);
      return gradients(model);
    }
  }

  /**
   * Each tensor within a part of its own norm; some, as biases of keys, are zero but for rounding.
   */
  private static void assertSame(
      Map<String, float[]> actual, Map<String, float[]> expected, double tolerance) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    int moved = 0;
    for (String name : expected.keySet()) {
      float[] a = actual.get(name);
      float[] b = expected.get(name);
      double difference = 0;
      double norm = 0;
      for (int i = 0; i < b.length; i++) {
        difference += Math.pow(a[i] - b[i], 2);
        norm += b[i] * b[i];
      }
      assertThat(Math.sqrt(difference))
          .as(name)
          .isLessThanOrEqualTo(tolerance * Math.sqrt(norm) + 1e-7);
      moved += norm > 0 ? 1 : 0;
    }
    assertThat(moved).isGreaterThan(expected.size() * 9 / 10);
  }

  @ParameterizedTest
  @EnumSource(LossWeighting.class)
  void givesTheGradientsOfTheWholeRecord(LossWeighting weighting) {
    ModelRecipe recipe = TinyModels.withDropPath(0);
    Map<String, float[]> expected;
    float loss;
    try (AnyToAnyModel model = TinyModels.model(recipe, Precision.FLOAT32);
        TensorScope step = model.scope().open()) {
      NDArray total =
          Autograd.record(() -> model.losses(TinyModels.batch(1), weighting, step).total());
      Autograd.backward(total);
      loss = total.getFloat();
      expected = gradients(model);
    }
    assertSame(gradients(recipe, weighting, PASS), expected, 1e-5);
    assertSame(gradients(recipe, weighting, PASS.withRecompute(true)), expected, 1e-5);
    try (AnyToAnyModel model = TinyModels.model(recipe, Precision.FLOAT32)) {
      assertThat(run(model, TinyModels.batch(1), weighting, PASS)).isCloseTo(loss, within(1e-6f));
    }
  }

  /** Asks for even probabilities and small logits. */
  private record Smooth() implements Loss {
    @Override
    public String name() {
      return "smooth";
    }

    @Override
    public NDArray evaluate(NDArray prediction, NDArray target) {
      return prediction.logSoftmax(1).mean().neg().add(prediction.square().mean().mul(0.01f));
    }
  }

  @Test
  void addsGradientsOfLossesThatPluginsBring() {
    ModelRecipe recipe = TinyModels.withDropPath(0);
    List<ModelModality> modalities = new ArrayList<>(TinyModels.MODALITIES);
    ModelModality grid = modalities.get(TinyModels.GRID);
    modalities.set(
        TinyModels.GRID,
        new ModelModality(grid.declaration(), grid.vocabulary(), Optional.of(new Smooth())));
    Map<String, float[]> expected;
    try (AnyToAnyModel model =
            new AnyToAnyModel(recipe, modalities, 5, Device.cpu(), Precision.FLOAT32);
        TensorScope step = model.scope().open()) {
      Autograd.backward(
          Autograd.record(
              () -> model.losses(TinyModels.batch(1), LossWeighting.TOKEN, step).total()));
      expected = gradients(model);
    }
    for (boolean recompute : new boolean[] {false, true}) {
      try (AnyToAnyModel model =
          new AnyToAnyModel(recipe, modalities, 5, Device.cpu(), Precision.FLOAT32)) {
        run(model, TinyModels.batch(1), LossWeighting.TOKEN, PASS.withRecompute(recompute));
        assertSame(gradients(model), expected, 1e-5);
      }
    }
  }

  @Test
  void recomputesTheSameGradientsWithDropPath() {
    ModelRecipe recipe = TinyModels.everything();
    Map<String, float[]> expected = gradients(recipe, LossWeighting.MOD, PASS);
    Map<String, float[]> actual = gradients(recipe, LossWeighting.MOD, PASS.withRecompute(true));
    assertSame(actual, expected, 1e-6);
  }

  @Test
  void recomputesTheSameGradientsInThePlainModel() {
    Map<String, float[]> expected = gradients(TinyModels.plain(), LossWeighting.TOKEN, PASS);
    assertSame(
        gradients(TinyModels.plain(), LossWeighting.TOKEN, PASS.withRecompute(true)),
        expected,
        1e-6);
  }

  @Test
  void dropsTheSamePathsForTheSameStepAndOthersForAnother() {
    try (AnyToAnyModel model = TinyModels.model(TinyModels.everything(), Precision.FLOAT32)) {
      Batch batch = TinyModels.batch(1);
      float first = run(model, batch, LossWeighting.MOD, PASS);
      assertThat(run(model, batch, LossWeighting.MOD, PASS)).isEqualTo(first);
      assertThat(run(model, batch, LossWeighting.MOD, TrainingPass.of(11, 4))).isNotEqualTo(first);
      assertThat(run(model, batch, LossWeighting.MOD, TrainingPass.of(12, 3))).isNotEqualTo(first);
      try (TensorScope step = model.scope().open()) {
        NDArray whole = model.losses(batch, LossWeighting.MOD, step).total();
        assertThat(whole.getFloat()).isNotEqualTo(first);
      }
    }
  }

  @Test
  void addsScaledGradientsOfSeveralBatches() {
    ModelRecipe recipe = TinyModels.plain();
    Map<String, float[]> sum;
    try (AnyToAnyModel model = TinyModels.model(recipe, Precision.FLOAT32)) {
      // Powers of two, by which nothing is rounded.
      run(model, TinyModels.batch(1), LossWeighting.MOD, PASS.withScale(0.25));
      run(model, TinyModels.batch(1), LossWeighting.MOD, PASS.withScale(0.25));
      run(model, TinyModels.batch(1), LossWeighting.MOD, PASS.withScale(0.5).withRecompute(true));
      sum = gradients(model);
    }
    assertSame(sum, gradients(recipe, LossWeighting.MOD, PASS), 1e-6);
  }

  @Test
  void touchesOnlyTheRowsThatWereLookedUp() {
    ModelRecipe untied = new ModelRecipe(16, 1, 1, 2, 4, true, false, false, false, "published");
    try (AnyToAnyModel model = TinyModels.model(untied, Precision.FLOAT32)) {
      Batch batch = new Batch(TinyModels.MODALITIES, 1, 8, 8);
      batch.nextSample();
      batch.showSequence(TinyModels.TEXT, new int[] {7, 9, 7});
      batch.predictSequence(TinyModels.PATH, new int[] {3, 4, 5});
      run(model, batch, LossWeighting.TOKEN, PASS);
      Map<String, float[]> gradients = gradients(model);
      assertThat(rows(gradients.get("encoder_embeddings.text.token_emb.weight")))
          .containsExactly(7, 9);
      assertThat(rows(gradients.get("decoder_embeddings.path.token_emb.weight")))
          .containsExactly(3, 4);
      assertThat(rows(gradients.get("encoder_embeddings.grid.token_emb.weight"))).isEmpty();
      assertThat(rows(gradients.get("encoder_embeddings.text.mod_emb"))).containsExactly(0);
    }
  }

  private static List<Integer> rows(float[] gradient) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < gradient.length / 16; row++) {
      double norm = 0;
      for (int i = 0; i < 16; i++) {
        norm += Math.abs(gradient[row * 16 + i]);
      }
      if (norm > 0) {
        rows.add(row);
      }
    }
    return rows;
  }

  @Test
  void leavesFrozenWeightsWithoutGradients() {
    try (AnyToAnyModel model = TinyModels.model(TinyModels.plain(), Precision.FLOAT32)) {
      NDArray frozen = model.parameters().get("encoder_embeddings.text.token_emb.weight");
      NDArray head = model.parameters().get("decoder_embeddings.grid.token_emb.weight");
      List<NDArray> projections =
          model.parameters().trainedNames().stream()
              .filter(name -> name.matches("encoder_embeddings\\..*proj\\..*"))
              .map(model.parameters()::get)
              .toList();
      assertThat(projections).hasSizeGreaterThan(1);
      frozen.setRequiresGradient(false);
      head.setRequiresGradient(false);
      projections.forEach(projection -> projection.setRequiresGradient(false));
      run(model, TinyModels.batch(1), LossWeighting.MOD, PASS);
      assertThat(frozen.hasGradient()).isFalse();
      assertThat(projections).noneMatch(NDArray::hasGradient);
      assertThat(head.hasGradient()).isFalse();
      try (TensorScope scope = TensorScope.on(Device.cpu())) {
        NDArray trained = model.parameters().get("encoder_embeddings.path.token_emb.weight");
        assertThat(Autograd.gradient(trained, scope.manager()).abs().sum().getFloat()).isPositive();
      }
    }
  }

  @Test
  void keepsTheNumberOfLiveTensorsFlat() {
    try (AnyToAnyModel model = TinyModels.model(TinyModels.everything(), Precision.FLOAT32)) {
      Batch batch = TinyModels.batch(1);
      run(model, batch, LossWeighting.MOD, PASS);
      int before = model.scope().liveTensors();
      for (int i = 0; i < 10; i++) {
        run(model, batch, LossWeighting.MOD, PASS.withRecompute(i % 2 == 0));
        assertThat(model.scope().liveTensors()).isEqualTo(before);
      }
    }
  }

  @Test
  void computesInBfloat16CloseToFloat32() {
    ModelRecipe recipe = TinyModels.withDropPath(0);
    Batch batch = TinyModels.batch(1);
    float[] losses = new float[2];
    for (Precision precision : Precision.values()) {
      try (AnyToAnyModel model = TinyModels.model(recipe, precision)) {
        for (boolean recompute : new boolean[] {false, true}) {
          losses[precision.ordinal()] =
              run(model, batch, LossWeighting.MOD, PASS.withRecompute(recompute));
          gradients(model)
              .forEach(
                  (name, gradient) -> {
                    for (float g : gradient) {
                      assertThat(Float.isFinite(g)).as(name).isTrue();
                    }
                  });
        }
        model
            .parameters()
            .all()
            .values()
            .forEach(t -> assertThat(t.getDataType().toString()).isEqualTo("float32"));
      }
    }
    // Rounding of bfloat16 is 2^-9; a loss of about 4 comes out within 1 %.
    assertThat(losses[1]).isCloseTo(losses[0], within(0.01f * losses[0])).isNotEqualTo(losses[0]);
  }

  @Test
  void learnsInBothWaysAlike() {
    List<List<Float>> curves = new ArrayList<>();
    for (boolean recompute : new boolean[] {false, true}) {
      List<Float> curve = new ArrayList<>();
      try (AnyToAnyModel model = TinyModels.model(TinyModels.plain(), Precision.FLOAT32);
          AdamW optimizer =
              new AdamW(
                  model.parameters(),
                  new AdamW.Settings(0.9, 0.95, 1e-8, 0.01),
                  name -> true,
                  model.scope())) {
        for (int i = 0; i < 40; i++) {
          try (TensorScope step = model.scope().open()) {
            TrainingPass pass = TrainingPass.of(1, i).withRecompute(recompute);
            curve.add(
                model
                    .lossesAndGradients(TinyModels.batch(1), LossWeighting.MOD, pass, step)
                    .total()
                    .getFloat());
            optimizer.step(1e-2, 1, step);
          }
        }
      }
      curves.add(curve);
    }
    assertThat(curves.get(0).get(39)).isLessThan(curves.get(0).get(0) / 2);
    for (int i = 0; i < 40; i++) {
      assertThat(curves.get(1).get(i)).isCloseTo(curves.get(0).get(i), within(1e-3f));
    }
  }

  @Test
  void refusesABatchWithoutTargets() {
    try (AnyToAnyModel model = TinyModels.model(TinyModels.plain(), Precision.FLOAT32)) {
      Batch batch = new Batch(TinyModels.MODALITIES, 1, 4, 4);
      batch.nextSample();
      assertThatThrownBy(() -> run(model, batch, LossWeighting.MOD, PASS))
          .hasMessageContaining("no targets");
    }
  }

  @Test
  void learnsFromASampleThatShowsNothing() {
    for (Precision precision : Precision.values()) {
      try (AnyToAnyModel model = TinyModels.model(TinyModels.plain(), precision)) {
        Batch batch = new Batch(TinyModels.MODALITIES, 2, 4, 4);
        batch.nextSample();
        batch.predictSequence(TinyModels.TEXT, new int[] {1, 2, 3});
        batch.nextSample();
        assertThat(run(model, batch, LossWeighting.TOKEN, PASS)).isBetween(3f, 9f);
        gradients(model).forEach((name, g) -> assertThat(g).as(name).doesNotContain(Float.NaN));
      }
    }
  }
}
