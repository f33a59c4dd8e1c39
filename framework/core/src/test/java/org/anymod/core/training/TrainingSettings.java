package org.anymod.core.training;

import java.util.List;
import java.util.Optional;
import org.anymod.core.recipe.AverageRecipe;
import org.anymod.core.recipe.GuardRecipe;
import org.anymod.core.recipe.ParallelRecipe;
import org.anymod.core.recipe.ScheduleRecipe;
import org.anymod.core.recipe.TrainingRecipe;
import org.anymod.core.recipe.ValidationRecipe;

/** Settings of a small training, to be changed by a test before it starts. */
final class TrainingSettings {
  int steps = 20;
  int batch = 8;
  int accumulate = 1;
  double learningRate = 3e-3;
  String loss = "mod";
  int logEvery = 1;
  int checkpointEvery = 7;
  int keep = 2;
  int keepEvery;
  double clip = 1;
  String precision = "auto";
  List<String> freeze = List.of();
  boolean lazy;
  boolean recompute;
  boolean tensorboard;
  ScheduleRecipe schedule = ScheduleRecipe.cosine();
  AverageRecipe ema = AverageRecipe.off();
  GuardRecipe guard = GuardRecipe.defaults();
  ValidationRecipe validation = ValidationRecipe.off();
  ParallelRecipe parallel = ParallelRecipe.defaults();

  TrainingRecipe recipe() {
    return new TrainingRecipe(
        Optional.empty(),
        steps,
        batch,
        learningRate,
        0,
        2,
        0.9,
        0.95,
        0.01,
        clip,
        loss,
        logEvery,
        checkpointEvery,
        keep,
        keepEvery,
        accumulate,
        precision,
        freeze,
        lazy,
        recompute,
        tensorboard,
        schedule,
        ema,
        guard,
        validation,
        parallel);
  }
}
