package org.anymod.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anymod.core.modality.ModalityNames;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.pipeline.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anymod evaluate}. */
@Command(
    name = "evaluate",
    description = {
      "Predict every output from every input on unseen samples, compare with the truth and with the",
      "best constant answer, and write report.html, report.json, matrix.json and matrix.png.",
      "After an interruption the same command goes on."
    })
final class EvaluateCommand implements ParallelCommand {
  @Mixin private RecipeOptions recipe;

  @Option(
      names = "--inputs",
      paramLabel = "KEYS",
      split = ",",
      description =
          "Predict from these only: keys or sources, such as rgb,caption; rgb+caption gives both"
              + " together.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--outputs",
      paramLabel = "KEYS",
      split = ",",
      description = "Predict these only: keys or sources, such as depth,caption.")
  private List<String> outputs = new ArrayList<>();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Use the first N samples; 0 means all.")
  private Integer samples;

  @Option(
      names = "--matrix",
      description = "Predict every output from every input, whatever the recipe names.")
  private boolean matrix;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    try (RunSession session = RunSession.open(recipe.choice(), this::overrides, err);
        Interruption interruption = Interruption.open(err)) {
      Run run = session.run();
      run.joinRanks();
      Stages stages = new Stages(run, interruption.signal(), err);
      Reporting reporting = new Reporting(run, stages);
      Optional<Reporting.Result> result = reporting.write();
      if (result.isPresent()) {
        output.write(result.get(), out -> reporting.print(result.get(), out));
      }
    }
    return ExitCode.OK;
  }

  /** The options as settings of the recipe. */
  private List<String> overrides(ModalitySet set) {
    if (samples != null && samples < 0) {
      throw new UserMistake("--samples is " + samples + ", must be at least 0");
    }
    if (matrix && !(inputs.isEmpty() && outputs.isEmpty())) {
      throw new UserMistake("--matrix takes all inputs and outputs; leave out --inputs, --outputs");
    }
    ModalityNames keys = new ModalityNames(set);
    List<String> settings = new ArrayList<>();
    if (samples != null) {
      settings.add("evaluation.samples=" + samples);
    }
    if (matrix) {
      settings.add("evaluation.matrix=true");
    }
    if (!inputs.isEmpty() || !outputs.isEmpty()) {
      settings.add("evaluation.matrix=false");
      settings.add("evaluation.everywhere=[]");
    }
    if (!outputs.isEmpty()) {
      settings.add("evaluation.outputs=" + list(outputs.stream().map(w -> keys.output(w).key())));
    }
    if (!inputs.isEmpty()) {
      inputs(keys, settings);
    }
    return settings;
  }

  private void inputs(ModalityNames keys, List<String> settings) {
    List<List<String>> groups =
        inputs.stream()
            .map(word -> Stream.of(word.split("\\+")).map(w -> keys.input(w).key()).toList())
            .toList();
    List<String> alone =
        groups.stream().filter(group -> group.size() == 1).map(group -> group.get(0)).toList();
    settings.add(
        "evaluation.combinations="
            + list(groups.stream().filter(g -> g.size() > 1).map(g -> list(g.stream()))));
    settings.add("evaluation.inputs=" + list(alone.stream()));
  }

  /** A list as YAML writes it; keys hold an @, which must be quoted. */
  private static String list(Stream<String> items) {
    return items
        .map(item -> item.startsWith("[") ? item : "\"" + item + "\"")
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
