package org.anymod.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.anymod.core.model.ModelInventory;
import org.anymod.core.model.ModelTensor;
import org.anymod.core.recipe.ComponentRecipe;
import org.anymod.core.recipe.MaskingRecipe;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.core.recipe.ParallelRecipe;
import org.junit.jupiter.api.Test;

class TrainingEstimateTest {
  private static TrainingEstimate estimate(boolean sharded, int ranks) {
    ModelInventory inventory =
        new ModelInventory(
            List.of(
                tensor("encoder.0.mlp.fc1.weight", 100, 10),
                tensor("encoder_embeddings.a.token_emb.weight", 5000, 10),
                tensor("decoder_embeddings.a.to_logits.weight", 50, 10)));
    TrainingSettings settings = new TrainingSettings();
    settings.batch = 4;
    settings.parallel = new ParallelRecipe(sharded, 25, 0);
    ModelRecipe model = new ModelRecipe(16, 1, 1, 2, 2, true, false, false, false, "aligned");
    MaskingRecipe masking =
        new MaskingRecipe(
            8,
            OptionalInt.empty(),
            8,
            OptionalInt.empty(),
            false,
            List.of(new ComponentRecipe(1, 0.5, Map.of(), 0.5, Map.of(), Map.of())));
    return TrainingEstimate.of(inventory, model, settings.recipe(), masking, ranks);
  }

  private static ModelTensor tensor(String name, long rows, long columns) {
    return new ModelTensor(name, new Shape(rows, columns), true, Optional.empty());
  }

  @Test
  void aSingleProcessSendsNothing() {
    TrainingEstimate alone = estimate(true, 1);
    assertThat(alone.parameters()).isEqualTo(51_500);
    assertThat(alone.stateBytes()).isEqualTo(4 * 4 * 51_500);
    assertThat(alone.reducedBytes()).isZero();
    assertThat(alone.seconds(1e9)).isZero();
  }

  @Test
  void tablesTravelByTheRowsThatAStepCanTouch() {
    TrainingEstimate four = estimate(false, 4);
    long numbers = 1000 + 10 * 32 + 500;
    assertThat(four.reducedBytes()).isEqualTo(4 * numbers);
    assertThat(four.sentBytes()).isEqualTo(6 * numbers);
    assertThat(four.seconds(6 * numbers)).isEqualTo(1);
  }

  @Test
  void dividedMomentsTakeLessMemoryAndMoreCommunication() {
    TrainingEstimate four = estimate(true, 4);
    assertThat(four.stateBytes()).isEqualTo(4 * (2 * 51_500 + 51_500 / 2));
    assertThat(four.sentBytes()).isEqualTo(6 * (1000 + 320 + 500) + 3 * 51_500);
  }
}
