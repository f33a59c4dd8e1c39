package org.anymod.core.benchmark;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.anymod.core.masking.MaskingPlan;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.Batch;
import org.anymod.core.model.EmbeddingRows;
import org.anymod.core.model.LossWeighting;
import org.anymod.core.model.ModelLosses;
import org.anymod.core.model.ModelModality;
import org.anymod.core.model.TrainingPass;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.torch.AdamW;
import org.anymod.torch.Precision;
import org.anymod.torch.StepRule;
import org.anymod.torch.TensorScope;
import org.anymod.torch.TouchedRows;

/**
 * Times training steps of an any-to-any model on synthetic samples: forward, backward and
 * optimiser. Batches are made beforehand, as training makes them on another thread.
 */
public final class TrainBenchmark {
  private static final int DIFFERENT_BATCHES = 8;

  private final Settings settings;

  /**
   * What is measured.
   *
   * @param model sizes
   * @param modalities modalities in model order
   * @param plan masking, with the token budgets
   * @param special special tokens of sequences
   * @param batch samples in a step
   * @param warmup steps that are not timed, at least 1
   * @param steps steps that are timed, at least 1
   * @param productSize side of the large matrices that are multiplied for comparison
   * @param seed seed of weights and samples
   * @param device where to compute
   * @param precision type of the model's matrix products
   * @param lazy whether only touched rows of tables and touched heads are updated
   */
  public record Settings(
      ModelRecipe model,
      List<ModelModality> modalities,
      MaskingPlan plan,
      FixedTokens special,
      int batch,
      int warmup,
      int steps,
      int productSize,
      long seed,
      Device device,
      Precision precision,
      boolean lazy) {

    /** Checks the numbers. */
    public Settings {
      if (batch < 1 || warmup < 1 || steps < 1 || productSize < 1) {
        throw new IllegalArgumentException(
            "batch is %d, warmup %d, steps %d and product size %d, each must be at least 1"
                .formatted(batch, warmup, steps, productSize));
      }
    }
  }

  /**
   * What was measured.
   *
   * @param modalities number of modalities
   * @param parameters numbers in trained weights
   * @param batch samples in a step
   * @param inputTokens visible tokens of a step, on average
   * @param targetTokens predicted tokens of a step, on average
   * @param steps steps that were timed
   * @param secondsPerStep median
   * @param fastestStep shortest, in seconds
   * @param slowestStep longest, in seconds
   * @param cpuSecondsPerStep time of all processors for a step, on average: what the step costs
   *     where other programs take part of the machine
   * @param stepsPerSecond 1 / median
   * @param tokensPerSecond visible and predicted tokens by the median
   * @param operationsPerStep operations of matrix products in a step, padded slots included
   * @param gigaflops operations a second in 1e9, by the median
   * @param largeProductGigaflops what the machine reaches in products of large float32 matrices
   * @param modelProductGigaflops what it reaches in float32 products of the shapes of an encoder
   *     block
   * @param shareOfLargeProduct {@code gigaflops / largeProductGigaflops}
   * @param shareOfModelProduct {@code gigaflops / modelProductGigaflops}
   * @param peakResidentMib most memory in RAM during all steps; null where the system does not tell
   * @param liveTensors tensors of the model after the last step
   * @param newTensors how many more these are than after the warm-up
   */
  public record Result(
      int modalities,
      long parameters,
      int batch,
      double inputTokens,
      double targetTokens,
      int steps,
      double secondsPerStep,
      double fastestStep,
      double slowestStep,
      double cpuSecondsPerStep,
      double stepsPerSecond,
      double tokensPerSecond,
      double operationsPerStep,
      double gigaflops,
      double largeProductGigaflops,
      double modelProductGigaflops,
      double shareOfLargeProduct,
      double shareOfModelProduct,
      Long peakResidentMib,
      int liveTensors,
      int newTensors) {}

  /**
   * Prepares a measurement.
   *
   * @param settings what is measured
   */
  public TrainBenchmark(Settings settings) {
    this.settings = settings;
  }

  /**
   * Measures.
   *
   * @return the figures
   */
  public Result run() {
    MatrixRate rate = new MatrixRate(settings.device());
    double large = rate.square(settings.productSize());
    double own = rate.block(settings.model(), settings.batch() * settings.plan().maxInput());
    List<Batch> batches = batches();
    ResidentMemory.resetPeak();
    try (AnyToAnyModel model =
            new AnyToAnyModel(
                settings.model(),
                settings.modalities(),
                settings.seed(),
                settings.device(),
                settings.precision());
        AdamW optimizer = optimizer(model)) {
      for (int i = 0; i < settings.warmup(); i++) {
        step(model, optimizer, batches.get(i % batches.size()));
      }
      int live = model.scope().liveTensors();
      Timings timings = new Timings();
      long cpu = ProcessTime.nanos();
      for (int i = 0; i < settings.steps(); i++) {
        long start = System.nanoTime();
        step(model, optimizer, batches.get(i % batches.size()));
        timings.add(System.nanoTime() - start);
      }
      double cpuSeconds = (ProcessTime.nanos() - cpu) / 1e9 / settings.steps();
      int end = model.scope().liveTensors();
      return result(
          model.parameters().count(), batches, timings, cpuSeconds, large, own, end, end - live);
    }
  }

  private List<Batch> batches() {
    SyntheticSamples samples =
        new SyntheticSamples(settings.modalities(), settings.special(), settings.seed());
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < Math.min(settings.steps(), DIFFERENT_BATCHES); i++) {
      batches.add(samples.batch(i, settings.batch(), settings.plan()));
    }
    return batches;
  }

  private AdamW optimizer(AnyToAnyModel model) {
    return new AdamW(
        model.parameters(),
        new AdamW.Settings(0.9, 0.95, 1e-8, 0.05),
        new AdamW.Treatment(
            name -> !name.contains("norm"),
            name -> true,
            name -> EmbeddingRows.update(name, model.tiedHeads(), settings.lazy())),
        model.scope());
  }

  private static void step(AnyToAnyModel model, AdamW optimizer, Batch batch) {
    try (TensorScope scope = model.scope().open()) {
      ModelLosses losses =
          model.lossesAndGradients(batch, LossWeighting.MOD, TrainingPass.of(0, 0), scope);
      TouchedRows touched = EmbeddingRows.touched(model, List.of(batch));
      optimizer.step(StepRule.of(1e-4, 0.05, 1.0), losses.total(), touched, scope);
      // Reading the loss waits for the device, as training does.
      losses.total().getFloat();
    }
  }

  private Result result(
      long parameters,
      List<Batch> batches,
      Timings timings,
      double cpuSeconds,
      double large,
      double own,
      int live,
      int more) {
    double seconds = timings.median() / 1e9;
    double inputs = batches.stream().mapToInt(Batch::inputTokens).average().orElseThrow();
    double targets = batches.stream().mapToInt(Batch::targetTokens).average().orElseThrow();
    double heads = batches.stream().mapToDouble(this::heads).average().orElseThrow();
    double operations =
        new ModelCost(settings.model())
            .step(settings.batch(), settings.plan().maxInput(), settings.plan().maxTarget(), heads);
    double rate = operations / seconds;
    OptionalLong peak = ResidentMemory.peakMib();
    return new Result(
        settings.modalities().size(),
        parameters,
        settings.batch(),
        inputs,
        targets,
        timings.count(),
        seconds,
        timings.fastest() / 1e9,
        timings.slowest() / 1e9,
        cpuSeconds,
        1 / seconds,
        (inputs + targets) / seconds,
        operations,
        rate / 1e9,
        large / 1e9,
        own / 1e9,
        rate / large,
        rate / own,
        peak.isPresent() ? Long.valueOf(peak.getAsLong()) : null,
        live,
        more);
  }

  /** Multiply-adds of the heads: every target with the vocabulary of its modality. */
  private double heads(Batch batch) {
    int[] targets = batch.targetTokensByModality();
    double products = 0;
    for (int m = 0; m < targets.length; m++) {
      products += (double) targets[m] * settings.modalities().get(m).vocabulary();
    }
    return products * settings.model().dim();
  }
}
