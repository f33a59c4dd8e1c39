package org.anymod.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Predictor;
import org.anymod.core.pipeline.Run;
import org.anymod.spi.Value;
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
      "the inputs and the outputs before it."
    })
final class GenerateCommand implements Callable<Integer> {
  private static final int MOST_SAMPLES = 10_000;
  private static final int BATCH = 16;

  @Mixin private RecipeOptions recipe;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "KEY=FILE",
      description = {
        "What is given: a model key or source and a file, or the text itself for modalities that are",
        "text. Repeatable."
      })
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--output",
      split = ",",
      paramLabel = "KEY",
      description = "What to predict, in this order (default: all that is not given).")
  private List<String> outputs = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of sampling: same seed, same results (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many answers to draw (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Folder for the results (default: generated, in the recipe's output).")
  private Path folder;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (samples < 1 || samples > MOST_SAMPLES) {
      throw new UserMistake("--samples is " + samples + ", must be from 1 to " + MOST_SAMPLES);
    }
    PrintWriter err = spec.commandLine().getErr();
    try (RunSession session = RunSession.open(recipe.choice(), err)) {
      Run run = session.run();
      ModelKeys keys = new ModelKeys(run.modalities());
      Map<UsedModality, Value> given = GivenInputs.read(keys, inputs);
      List<UsedModality> wanted = wanted(keys, given.keySet());
      List<Map<String, Value>> drawn = draw(run, given, wanted);
      Path target = folder == null ? run.folders().root().resolve("generated") : folder;
      List<String> files = new GeneratedFiles(target).write(given, wanted, drawn);
      output.write(files, out -> files.forEach(out::println));
    }
    return ExitCode.OK;
  }

  private List<UsedModality> wanted(ModelKeys keys, Set<UsedModality> given) {
    if (outputs.isEmpty()) {
      List<UsedModality> rest = keys.outputsBesides(given);
      if (rest.isEmpty()) {
        throw new UserMistake("all outputs of this model are given; name one with --output");
      }
      return rest;
    }
    List<UsedModality> wanted = outputs.stream().map(keys::output).distinct().toList();
    for (UsedModality modality : wanted) {
      if (given.contains(modality)) {
        throw new UserMistake("'" + modality.key() + "' is both given and to be predicted");
      }
    }
    return wanted;
  }

  private List<Map<String, Value>> draw(
      Run run, Map<UsedModality, Value> given, List<UsedModality> wanted) throws IOException {
    Map<String, Value> row = new LinkedHashMap<>();
    given.forEach((modality, value) -> row.put(modality.key(), value));
    List<String> keys = wanted.stream().map(UsedModality::key).toList();
    List<Map<String, Value>> drawn = new ArrayList<>();
    try (Predictor predictor = Predictor.open(run)) {
      for (int from = 0; from < samples; from += BATCH) {
        int count = Math.min(BATCH, samples - from);
        List<Map<String, Value>> rows = Collections.nCopies(count, row);
        drawn.addAll(predictor.predict(rows, keys, seed, from));
      }
    }
    return drawn;
  }
}
