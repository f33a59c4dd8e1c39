package org.anymod.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.anymod.cli.report.HtmlReport;
import org.anymod.cli.results.TokenizerComparison;
import org.anymod.cli.results.TokenizerStudy;
import org.anymod.core.modality.ModalityNames;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.spi.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anymod tokenizer compare}. */
@Command(
    name = "compare",
    description = {
      "Send the same unseen samples through the trained tokenizers of several recipes and back.",
      "Writes a report with figures and pictures of all side by side."
    })
final class TokenizerCompareCommand implements Callable<Integer> {
  private static final int SAMPLES = 256;

  @Parameters(index = "0", paramLabel = "KEY", description = "A model key or a source.")
  private String key;

  @Parameters(index = "1..*", arity = "2..*", paramLabel = "RECIPE", description = "Recipes.")
  private List<Path> recipes;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a setting of all recipes, such as data.root=DIR. Repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "Folder that gets report.html and report.json.")
  private Path target;

  @Mixin private PluginOptions plugins;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  record Result(Map<String, Map<String, Double>> figures, String report) {}

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    TokenizerComparison comparison = new TokenizerComparison();
    Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
    // Renderers of values are classes of the plugins, which stay until the page is written.
    List<RunSession> sessions = new ArrayList<>();
    try {
      for (Path recipe : recipes) {
        RecipeChoice choice = new RecipeChoice(recipe, List.copyOf(overrides), plugins.folder());
        RunSession session = RunSession.open(choice, err);
        sessions.add(session);
        TokenizerStudy study = study(session.run());
        add(comparison, session.run().recipe().name(), study);
        figures.put(session.run().recipe().name(), study.roundTrip().figures());
      }
      Files.createDirectories(target);
      Path page = HtmlReport.write(comparison.page(), comparison.data(), target);
      Result result = new Result(figures, page.toString());
      output.write(result, out -> print(result, out));
    } finally {
      sessions.forEach(RunSession::close);
    }
    return ExitCode.OK;
  }

  private TokenizerStudy study(Run run) throws IOException {
    UsedModality modality = new ModalityNames(run.modalities()).tokenized(key);
    try (Tokenizer tokenizer = run.tokenizers().load(modality)) {
      return TokenizerStudy.of(run, modality, tokenizer, SAMPLES).besideConstant(run);
    }
  }

  private static void add(TokenizerComparison comparison, String name, TokenizerStudy study) {
    try {
      comparison.add(name, study);
    } catch (IllegalArgumentException e) {
      throw new UserMistake(e.getMessage());
    }
  }

  private static void print(Result result, PrintWriter out) {
    TextTable table = new TextTable();
    result
        .figures()
        .forEach(
            (name, figures) ->
                table.row(
                    name,
                    figures.entrySet().stream()
                        .map(e -> String.format(Locale.ROOT, "%s %.4f", e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", "))));
    table.print(out);
    out.println("report: " + result.report());
  }
}
