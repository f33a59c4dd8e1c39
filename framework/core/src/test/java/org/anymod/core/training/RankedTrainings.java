package org.anymod.core.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.pipeline.Run;
import org.anymod.core.pipeline.TinyWorld;
import org.anymod.core.recipe.AverageRecipe;
import org.anymod.core.recipe.ParallelRecipe;
import org.anymod.torch.parallel.Communicator;
import org.anymod.torch.parallel.Launch;
import org.anymod.torch.parallel.Ranks;

/** A program that several processes run together: trainings of a tiny world, by name. */
public final class RankedTrainings {
  private RankedTrainings() {}

  /** Arguments: the folder of the world, then pairs of a training and the folder of its run. */
  public static void main(String[] arguments) throws Exception {
    TinyWorld world = TinyWorld.at(Path.of(arguments[0]));
    Communicator last = Communicator.single();
    for (int i = 1; i < arguments.length; i += 2) {
      Run run = world.prepared(arguments[i + 1], settings(arguments[i]).recipe());
      run.joinRanks();
      last = run.ranks();
      train(run, arguments[i].equals("interrupted") ? 20 : Long.MAX_VALUE);
    }
    last.barrier();
    Ranks.leave(0, true);
  }

  static TrainingSettings settings(String name) {
    TrainingSettings settings = new TrainingSettings();
    settings.steps = 50;
    settings.batch = 6;
    settings.checkpointEvery = 25;
    switch (name) {
      case "plain", "interrupted" -> {}
      case "everything" -> {
        settings.steps = 12;
        settings.accumulate = 2;
        settings.loss = "token";
        settings.lazy = true;
        settings.recompute = true;
        settings.ema = new AverageRecipe(0.9, 2, true);
      }
      case "sharded" -> settings.parallel = new ParallelRecipe(true, 25, 60);
      case "endless" -> {
        settings.steps = 1_000_000;
        settings.checkpointEvery = 5;
      }
      default -> throw new IllegalArgumentException(name);
    }
    return settings;
  }

  static List<String> train(Run run, long stopAt) throws Exception {
    StopSignal stop = new StopSignal();
    List<String> messages = new ArrayList<>();
    run.trainModel(
        new Progress() {
          @Override
          public void start(String task, long total, String unit) {}

          @Override
          public void advance(long done, String note) {
            // Asked for on one rank only.
            if (done >= stopAt && Launch.current().rank() == Launch.current().size() - 1) {
              stop.request();
            }
          }

          @Override
          public void finish() {}

          @Override
          public void message(String line) {
            messages.add(line);
          }
        },
        stop);
    return messages;
  }
}
