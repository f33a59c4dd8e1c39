package org.anymod.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.anymod.core.StopSignal;
import org.anymod.core.generation.Generator;
import org.anymod.core.generation.GeneratorOptions;
import org.anymod.core.generation.Planner;
import org.anymod.core.generation.Presets;
import org.anymod.core.pipeline.Run;
import org.anymod.torch.parallel.Communicator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anymod generate}. */
@Command(
    name = "generate",
    description = {
      "Predict modalities from any others with the trained model of a recipe.",
      "Pictures are cut to their centre square. Outputs are predicted one after the other, each from",
      "the inputs and the outputs before it. Results appear all at once when everything is done:",
      "ordinary files, sheet.png with everything, result.json with seeds and settings."
    })
final class GenerateCommand implements ParallelCommand {

  @Mixin private RecipeOptions recipe;
  @Mixin private RequestOptions request;

  @Option(
      names = "--requests",
      paramLabel = "FILE",
      description = "A request in JSON on each line, in place of the options above.")
  private Path requests;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Answer the request for every sample of a dataset, a folder with a folder for each source.",
        "Results lie likewise; samples that have them are left out."
      })
  private Path data;

  @Option(
      names = "--super-resolution",
      paramLabel = "RECIPE",
      description = "A second model that refines what the first has drawn.")
  private Path second;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Folder for the results (default: generated, in the recipe's output).")
  private Path folder;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  /** A dataset has work for all, a few requests have not. */
  @Override
  public boolean isShared() {
    return data != null;
  }

  @Override
  public Integer call() throws Exception {
    checkOptions();
    PrintWriter err = spec.commandLine().getErr();
    RecipeChoice choice = recipe.choice();
    try (RunSession session = RunSession.open(choice, err);
        RunSession fine = second == null ? null : RunSession.open(choice.sibling(second), err);
        Interruption interruption = Interruption.open(err)) {
      List<Run> runs = new ArrayList<>(List.of(session.run()));
      Optional.ofNullable(fine).map(RunSession::run).ifPresent(runs::add);
      Path target = folder == null ? session.run().folders().root().resolve("generated") : folder;
      generate(runs, target, interruption.signal());
    }
    return ExitCode.OK;
  }

  private void checkOptions() {
    if (requests != null && (data != null || request.hasInputs())) {
      throw new UserMistake("--requests stands alone: inputs are named in the file");
    }
    if (requests == null && !request.hasInputs()) {
      throw new UserMistake(
          "nothing is given: name inputs with --input, or a file with --requests");
    }
  }

  private void generate(List<Run> runs, Path target, StopSignal stop)
      throws IOException, InterruptedException {
    Presets presets = InstalledPresets.open();
    Planner planner = new Planner(runs, presets);
    RequestMaker maker = new RequestMaker(planner);
    GeneratorOptions options = new GeneratorOptions(BulkAnswers.GROUP, presets);
    if (data != null) {
      bulk(runs, options, maker, planner, target, stop);
      return;
    }
    List<RequestMaker.Made> made =
        requests == null
            ? List.of(maker.make("", request.line(false), UnaryOperator.identity()))
            : RequestFile.read(requests, maker);
    try (Generator generator = Generator.open(runs, options);
        GeneratedFiles files = new GeneratedFiles(target, planner)) {
      new Answers(generator, stop).all(made.iterator(), files::add);
      List<GeneratedFiles.RequestReport> reports = files.publish();
      output.write(reports, out -> print(reports, target, out));
    }
  }

  private static void print(
      List<GeneratedFiles.RequestReport> reports, Path target, PrintWriter out) {
    for (GeneratedFiles.RequestReport report : reports) {
      report.samples().stream()
          .flatMap(sample -> sample.files().values().stream())
          .forEach(file -> out.println(target.resolve(file)));
      out.println(target.resolve(report.sheet()));
    }
    out.println(target.resolve("result.json"));
  }

  private void bulk(
      List<Run> runs,
      GeneratorOptions options,
      RequestMaker maker,
      Planner planner,
      Path target,
      StopSignal stop)
      throws IOException, InterruptedException {
    Run run = runs.get(0);
    run.joinRanks();
    Communicator ranks = run.leaveRanks();
    List<String> written;
    try (BulkRequests all = new BulkRequests(data, request.line(true), planner, maker, target)) {
      BulkAnswers answers = new BulkAnswers(all, ranks, stop);
      written = answers.write(() -> Generator.open(runs, options));
    }
    if (ranks.isFirst()) {
      output.write(written, out -> written.forEach(out::println));
    }
  }
}
