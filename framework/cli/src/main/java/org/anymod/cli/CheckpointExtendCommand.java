package org.anymod.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.anymod.core.Progress;
import org.anymod.core.RunFolders;
import org.anymod.core.checkpoint.CheckpointExtension;
import org.anymod.core.checkpoint.CheckpointFile;
import org.anymod.core.checkpoint.ExtensionReport;
import org.anymod.core.checkpoint.ModelMetadata;
import org.anymod.core.checkpoint.TrainedTokens;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.pipeline.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anymod checkpoint extend}. */
@Command(
    name = "extend",
    description = {
      "Bring trained weights to the modalities of a recipe: what was learned is kept bit for bit,",
      "new modalities get the weights that a fresh model has. Train on with training.init_from.",
      "The recipe must use the vocabulary (text.file) and tokenizers of the old run."
    })
final class CheckpointExtendCommand implements Callable<Integer> {
  @Mixin private RecipeOptions recipe;

  @Option(names = "--from", required = true, paramLabel = "FILE", description = "Trained weights.")
  private Path from;

  @Option(names = "--output", required = true, paramLabel = "FILE", description = "File to write.")
  private Path target;

  @Option(names = "--drop", description = "Leave out modalities that the recipe does not have.")
  private boolean drop;

  @Option(
      names = "--lengthen-text",
      description = {
        "Let text tables get more rows; right only where the new vocabulary begins with the old."
      })
  private boolean lengthenText;

  @Option(names = "--overwrite", description = "Replace the output if it exists.")
  private boolean overwrite;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (Files.exists(target) && !overwrite) {
      throw new UserMistake(target + " exists; --overwrite replaces it");
    }
    PrintWriter err = spec.commandLine().getErr();
    try (CheckpointFile file = CheckpointFile.open(from);
        RunSession session = RunSession.open(recipe.choice(), err)) {
      Run run = session.run();
      checkVocabulary(run);
      try (AnyToAnyModel model = run.model().create(run.vocabulary(Progress.silent()))) {
        CheckpointExtension.Options options = new CheckpointExtension.Options(drop, lengthenText);
        ExtensionReport report =
            new CheckpointExtension(file, model, options).write(target, metadata(run, file));
        output.write(report, out -> out.println(target + ": " + report.text()));
      }
    }
    return ExitCode.OK;
  }

  /** The new model's configuration, and the tokens that its old part was trained on. */
  private Map<String, String> metadata(Run run, CheckpointFile file) throws IOException {
    Map<String, String> metadata =
        new LinkedHashMap<>(ModelMetadata.of(run.recipe(), run.modalities()));
    Set<String> keys =
        run.modalities().all().stream().map(UsedModality::key).collect(Collectors.toSet());
    metadata.putAll(TrainedTokens.of(file).only(keys, !lengthenText).metadata());
    return metadata;
  }

  /** A vocabulary trained anew would give the old rows other meanings, and no shape would tell. */
  private void checkVocabulary(Run run) throws IOException {
    Path own = run.recipe().text().file().orElse(run.folders().vocabulary());
    if (!Files.isRegularFile(own)) {
      throw new UserMistake(
          own
              + " is missing; name the vocabulary of the run that made "
              + from
              + " with text.file");
    }
    Path folder = from.toAbsolutePath().normalize().getParent().getParent();
    if (folder == null || lengthenText) {
      return;
    }
    Path old = new RunFolders(folder).vocabulary();
    if (Files.isRegularFile(old) && Files.mismatch(old, own) >= 0) {
      throw new UserMistake(
          own + " is not the vocabulary that " + from + " was trained with, which is " + old);
    }
  }
}
