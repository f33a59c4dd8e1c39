package org.anymod.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.anymod.core.recipe.Recipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anymod quickstart}. */
@Command(
    name = "quickstart",
    description = {
      "Do everything once, without a download: render the toy world, train tokenizers and model,",
      "predict everything from everything, write a report.",
      "After an interruption the same command goes on."
    })
final class QuickstartCommand implements Callable<Integer> {
  private static final int TRAINING_SCENES = 4000;
  private static final int VALIDATION_SCENES = 128;

  @Option(
      names = "--recipe",
      paramLabel = "FILE",
      description = "Another recipe (default: examples/quickstart.yaml of the installation).")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a setting of the recipe, such as training.steps=100. Repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--scenes",
      paramLabel = "N",
      description =
          "Render this many scenes for training where the data is missing (default: "
              + TRAINING_SCENES
              + " where the recipe keeps its data in its own output).")
  private Integer scenes;

  @Mixin private PluginOptions plugins;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (scenes != null && scenes < 1) {
      throw new UserMistake("--scenes is " + scenes + ", must be at least 1");
    }
    PrintWriter err = spec.commandLine().getErr();
    RecipeChoice choice = new RecipeChoice(recipe(), List.copyOf(overrides), plugins.folder());
    try (RunSession session = RunSession.open(choice, err);
        Interruption interruption = Interruption.open(err)) {
      Stages stages = new Stages(session.run(), interruption.signal(), err);
      if (isToyWorld(session.run().recipe())) {
        int train = scenes == null ? TRAINING_SCENES : scenes;
        stages.toyWorld(train, Math.min(train, VALIDATION_SCENES));
      }
      stages.model();
      Reporting reporting = new Reporting(session.run(), stages);
      Reporting.Result result = reporting.write().orElseThrow();
      Path tokenizers = TokenizerReporting.write(session.run());
      output.write(result, out -> print(reporting, result, tokenizers, out));
    }
    return ExitCode.OK;
  }

  private static void print(
      Reporting reporting, Reporting.Result result, Path tokenizers, PrintWriter out) {
    reporting.print(result, out);
    out.println("tokenizers: " + tokenizers);
  }

  /** Data that a run keeps in its own output, or for which scenes are asked, is for it to make. */
  private boolean isToyWorld(Recipe recipe) {
    Path root = recipe.data().root().toAbsolutePath().normalize();
    Path own = recipe.output().toAbsolutePath().normalize();
    return file == null || scenes != null || root.startsWith(own);
  }

  private Path recipe() {
    if (file != null) {
      return file;
    }
    Path shipped =
        Installation.home()
            .map(home -> home.resolve("examples").resolve("quickstart.yaml"))
            .orElseThrow(
                () -> new UserMistake("no recipe: name one with --recipe, or set ANYMOD_HOME"));
    if (!Files.isRegularFile(shipped)) {
      throw new UserMistake(shipped + ": no such file; name a recipe with --recipe");
    }
    return shipped;
  }
}
