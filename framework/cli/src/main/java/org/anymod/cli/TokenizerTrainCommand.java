package org.anymod.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.modality.ModalityNames;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.spi.Kind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anymod tokenizer train}. */
@Command(
    name = "train",
    description = {
      "Train the tokenizers of a recipe and the vocabulary of its texts, where they are not there",
      "yet, then write a report of all. After Ctrl-C, a kill or a power cut the same command goes on."
    })
final class TokenizerTrainCommand implements ParallelCommand {
  @Mixin private RecipeOptions recipe;

  @Option(
      names = "--only",
      paramLabel = "KEY",
      description = "Train only this one. Repeatable (default: all).")
  private List<String> only = new ArrayList<>();

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  record Result(Map<String, String> weights, String report) {}

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    try (RunSession session = RunSession.open(recipe.choice(), err);
        Interruption interruption = Interruption.open(err)) {
      Run run = session.run();
      run.joinRanks();
      List<UsedModality> chosen = chosen(run);
      Stages stages = new Stages(run, interruption.signal(), err);
      if (only.isEmpty() && readsText(run)) {
        stages.vocabulary();
      }
      stages.tokenizers(chosen);
      if (!run.ranks().isFirst()) {
        return ExitCode.OK;
      }
      Path page = TokenizerReporting.write(run);
      Map<String, String> weights = new LinkedHashMap<>();
      chosen.forEach(m -> weights.put(m.key(), run.tokenizers().weights(m).toString()));
      output.write(new Result(weights, page.toString()), out -> print(weights, page, out));
    }
    return ExitCode.OK;
  }

  private static boolean readsText(Run run) {
    return run.modalities().all().stream()
        .map(modality -> modality.declaration().kind())
        .anyMatch(kind -> kind instanceof Kind.TextSequence);
  }

  private List<UsedModality> chosen(Run run) {
    ModalityNames keys = new ModalityNames(run.modalities());
    return only.isEmpty()
        ? run.modalities().tokenized()
        : only.stream().map(keys::tokenized).distinct().toList();
  }

  private static void print(Map<String, String> weights, Path page, PrintWriter out) {
    weights.forEach((key, file) -> out.println(key + ": " + file));
    out.println("report: " + page);
  }
}
