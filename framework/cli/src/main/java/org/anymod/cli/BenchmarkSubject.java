package org.anymod.cli;

import ai.djl.Device;
import java.util.List;
import org.anymod.core.benchmark.FixedTokens;
import org.anymod.core.benchmark.SyntheticModalities;
import org.anymod.core.masking.MaskingPlan;
import org.anymod.core.model.ModelModality;
import org.anymod.core.pipeline.Run;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.training.MaskingPlans;
import org.anymod.torch.Precision;
import org.anymod.torch.Torch;

/**
 * What a measurement is about.
 *
 * @param modalities modalities in model order
 * @param plan their masking
 * @param special special tokens of sequences
 */
record BenchmarkSubject(List<ModelModality> modalities, MaskingPlan plan, FixedTokens special) {
  private static final FixedTokens SPECIAL = new FixedTokens(200);

  /** The modalities and the mixture of a recipe. */
  static BenchmarkSubject of(Run run) {
    Recipe recipe = run.recipe();
    // Masking begins with the second sentinel and needs two.
    FixedTokens special = new FixedTokens(Math.max(3, recipe.text().sentinels()));
    return new BenchmarkSubject(
        SyntheticModalities.of(run.modalities(), recipe.text().vocabulary(), special),
        MaskingPlans.of(recipe.masking(), run.modalities()),
        special);
  }

  static BenchmarkSubject grids(int count, int side, int vocabulary, int inputs, int targets) {
    return with(SyntheticModalities.grids(count, side, vocabulary), inputs, targets);
  }

  static BenchmarkSubject mixed(int inputs, int targets) {
    return with(SyntheticModalities.mixed(SPECIAL), inputs, targets);
  }

  private static BenchmarkSubject with(List<ModelModality> modalities, int inputs, int targets) {
    MaskingPlan plan = SyntheticModalities.plan(modalities, inputs, targets);
    return new BenchmarkSubject(modalities, plan, SPECIAL);
  }

  /**
   * Where and how to compute.
   *
   * @param model sizes
   * @param device the device
   * @param precision type of matrix products
   * @param batch samples in a step
   * @param seed seed of all chance
   * @param lazy whether only what a step touches of tables and heads is updated
   */
  record Computation(
      ModelRecipe model, Device device, Precision precision, int batch, long seed, boolean lazy) {
    static Computation of(Recipe recipe) {
      return new Computation(
          recipe.model(),
          Torch.device(recipe.device()),
          precision(recipe.precision(), recipe.device()),
          recipe.training().batch(),
          recipe.seed(),
          recipe.training().lazyEmbeddings());
    }

    static Precision precision(String name, String device) {
      return switch (name) {
        case "float32" -> Precision.FLOAT32;
        case "bfloat16" -> Precision.BFLOAT16;
        default -> Precision.defaultFor(Torch.device(device));
      };
    }
  }
}
