package org.anymod.core.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anymod.core.Progress;
import org.anymod.core.StopAt;
import org.anymod.core.StopSignal;
import org.anymod.core.evaluation.Evaluator;
import org.anymod.core.pipeline.LoadedModel;
import org.anymod.core.pipeline.Run;
import org.anymod.core.pipeline.TinyWorld;
import org.anymod.core.recipe.AverageRecipe;
import org.anymod.core.recipe.GuardRecipe;
import org.anymod.core.recipe.ParallelRecipe;
import org.anymod.torch.parallel.Communicator;
import org.anymod.torch.parallel.Launch;
import org.anymod.torch.parallel.Ranks;

/** A program that several processes run together: trainings of a tiny world, by name. */
public final class RankedTrainings {
  /** Settings of tokenizers by name, in which codes die and are born. */
  static final Map<String, Map<String, Object>> TOKENIZERS =
      Map.of(
          "cosine",
          Map.of("quantizer", "cosine", "kmeans", true, "dead_code", 2, "standardise", true),
          "euclidean",
          Map.of("quantizer", "euclidean", "dead_code", 2, "dead_code_policy", "most_used"),
          "memcodes",
          Map.of("quantizer", "memcodes", "codebooks", 1));

  private RankedTrainings() {}

  /** Arguments: the folder of the world, then pairs of a training and the folder of its run. */
  public static void main(String[] arguments) throws Exception {
    TinyWorld world = TinyWorld.at(Path.of(arguments[0]));
    Communicator last = Communicator.single();
    for (int i = 1; i < arguments.length; i += 2) {
      String work = arguments[i];
      Run run = run(world, work, arguments[i + 1]);
      run.joinRanks();
      last = run.ranks();
      try {
        work(run, work);
      } catch (TrainingException e) {
        System.err.println("rank " + last.rank() + ": " + e.getMessage());
        Ranks.leave(1, true);
        System.exit(1);
      }
    }
    last.barrier();
    Ranks.leave(0, true);
  }

  private static Run run(TinyWorld world, String work, String name) throws Exception {
    if (TOKENIZERS.containsKey(work)) {
      return world.learning(name, TOKENIZERS.get(work));
    }
    return switch (work) {
      case "tokens", "stuck" -> world.tokenizing(name);
      case "poisoned" -> poisoned(world, name);
      case "lonely" -> world.lonely(name);
      default -> world.prepared(name, settings(work).recipe());
    };
  }

  /** A run of which one of several ranks meets what is no number. */
  static Run poisoned(TinyWorld world, String name) throws Exception {
    return world.losing(name, settings("poisoned").recipe(), new PoisonedLoss());
  }

  /** Does what a name stands for. */
  static void work(Run run, String work) throws Exception {
    if (TOKENIZERS.containsKey(work) || work.equals("lonely")) {
      run.trainTokenizer(run.modalities().tokenized().get(0), Progress.silent(), new StopSignal());
      return;
    }
    switch (work) {
      case "tokens" -> run.tokenize("train", Progress.silent(), new StopSignal());
      case "stuck" -> run.tokenize("train", new Stuck(), new StopSignal());
      case "fault" -> fault(run);
      case "pairs" -> pairs(run);
      default -> train(run, work.equals("interrupted") ? 20 : Long.MAX_VALUE);
    }
  }

  /** Measures all pairs; a request to stop that reaches the last rank then leaves them so. */
  private static void pairs(Run run) throws Exception {
    StopSignal stop = new StopSignal();
    Communicator ranks = run.ranks();
    try (LoadedModel model = LoadedModel.open(run)) {
      new Evaluator(model).evaluateTogether(new StopAtTheEnd(ranks, stop), stop);
    } catch (IOException e) {
      if (!stop.requested()) {
        throw e;
      }
      return;
    }
    throw new IllegalStateException("rank " + ranks.rank() + " was not stopped");
  }

  /** All ranks must give up at the same step. */
  private static void fault(Run run) throws Exception {
    try {
      train(run, Long.MAX_VALUE);
    } catch (TrainingException e) {
      if (run.ranks().any(!e.getMessage().contains("at step 18"))) {
        throw e;
      }
      return;
    }
    throw new IllegalStateException("nothing was found wrong");
  }

  static TrainingSettings settings(String name) {
    TrainingSettings settings = new TrainingSettings();
    settings.steps = 50;
    settings.batch = 6;
    settings.checkpointEvery = 25;
    switch (name) {
      case "plain", "interrupted", "pairs" -> {}
      case "poisoned" -> {
        settings.steps = 30;
        settings.checkpointEvery = 1000;
      }
      case "everything", "sharded" -> {
        settings.steps = 12;
        settings.accumulate = 2;
        settings.loss = "token";
        settings.lazy = true;
        settings.recompute = true;
        settings.ema = new AverageRecipe(0.9, 2, true);
        settings.parallel = new ParallelRecipe(name.equals("sharded"), 1, 120);
      }
      // From the first step that is judged on, every loss is a spike.
      case "fault" -> settings.guard = new GuardRecipe("stop", 0, 1e-3, 16);
      case "endless" -> {
        settings.steps = 1_000_000;
        settings.checkpointEvery = 5;
      }
      default -> throw new IllegalArgumentException(name);
    }
    return settings;
  }

  static List<String> train(Run run, long stopAt) throws Exception {
    // Asked for on one rank only.
    boolean asked = Launch.current().rank() == Launch.current().size() - 1;
    StopAt heard = new StopAt(asked ? stopAt : Long.MAX_VALUE);
    run.trainModel(heard, heard.signal());
    return heard.messages();
  }
}
