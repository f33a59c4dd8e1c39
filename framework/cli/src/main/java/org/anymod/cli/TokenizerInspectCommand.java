package org.anymod.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.anymod.cli.report.ReportFile;
import org.anymod.cli.results.CodebookUse;
import org.anymod.cli.results.PictureSheet;
import org.anymod.cli.results.RoundTrip;
import org.anymod.cli.results.TokenizerStudy;
import org.anymod.core.data.TokenContract;
import org.anymod.core.modality.ModalityNames;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.core.tokenize.TokenContracts;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anymod tokenizer inspect}. */
@Command(
    name = "inspect",
    description = {
      "Show what a trained tokenizer is and how well it does on unseen samples.",
      "With a file: send that through it and back."
    })
final class TokenizerInspectCommand implements Callable<Integer> {
  private static final int MOST_SAMPLES = 256;

  @Mixin private RecipeOptions recipe;

  @Parameters(index = "1", paramLabel = "KEY", description = "A model key or a source.")
  private String key;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "Send this file through the tokenizer and back.")
  private Path input;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "Picture of both sides of --input (default: beside the weights).")
  private Path target;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  record Result(
      String key,
      String family,
      String weights,
      String identity,
      long numbers,
      Map<String, String> shapes,
      int samples,
      Map<String, Double> figures,
      CodebookResult codebook,
      TokenContract contract,
      Map<String, String> traits,
      TripResult input) {}

  record CodebookResult(
      int codes,
      int used,
      double perplexity,
      CodebookUse.Norms norms,
      List<CodebookUse.Code> top,
      Map<String, Integer> histogram) {}

  record TripResult(String file, int[] tokens, Map<String, Double> figures, String picture) {}

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    try (RunSession session = RunSession.open(recipe.choice(), err)) {
      Run run = session.run();
      UsedModality modality = new ModalityNames(run.modalities()).tokenized(key);
      try (Tokenizer tokenizer = run.tokenizers().load(modality)) {
        TokenizerStudy study = TokenizerStudy.of(run, modality, tokenizer, MOST_SAMPLES);
        TripResult trip = input == null ? null : trip(run, modality, tokenizer);
        Result result = result(run, study, tokenizer, trip);
        output.write(result, out -> print(result, out));
      }
    }
    return ExitCode.OK;
  }

  private static Result result(
      Run run, TokenizerStudy study, Tokenizer tokenizer, TripResult trip) {
    CodebookUse use = study.use();
    return new Result(
        study.modality().key(),
        study.family(),
        run.tokenizers().weights(study.modality()).toString(),
        study.identity(),
        study.numbers(),
        study.shapes(),
        study.roundTrip().originals().size(),
        study.roundTrip().figures(),
        new CodebookResult(
            use.codes(),
            use.used(),
            use.perplexity(),
            use.norms().orElse(null),
            use.top(),
            use.histogram()),
        TokenContracts.of(
            study.modality(), run.data().trainingCrops(), tokenizer, run.tokenizers()),
        new TreeMap<>(tokenizer.traits()),
        trip);
  }

  private TripResult trip(Run run, UsedModality modality, Tokenizer tokenizer) throws IOException {
    if (!Files.isRegularFile(input)) {
      throw new UserMistake(input + ": no such file");
    }
    Map<UsedModality, Value> given = Map.of(modality, InputValues.decode(modality, input));
    Value value = InputValues.cropped(given).get(modality);
    RoundTrip trip = RoundTrip.of(modality, tokenizer, List.of(value));
    PictureSheet sheet = new PictureSheet();
    sheet.row();
    sheet.add("original", modality, value);
    sheet.add("reconstruction", modality, trip.reconstructions().get(0));
    Path picture = picture(run, modality);
    ReportFile.write(picture, sheet.png());
    return new TripResult(
        input.toString(),
        Arrays.stream(trip.tokens()).flatMapToInt(Arrays::stream).toArray(),
        trip.figures(),
        picture.toString());
  }

  private Path picture(Run run, UsedModality modality) throws IOException {
    if (target != null) {
      return target;
    }
    String name = input.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    Path folder = Files.createDirectories(run.folders().tokenizer(modality.key()));
    return folder.resolve("round-trip-" + name + ".png");
  }

  private static void print(Result result, PrintWriter out) {
    TextTable table = new TextTable();
    table.row("key", result.key());
    table.row("family", result.family());
    table.row("weights", result.weights());
    table.row("identity", result.identity());
    table.row("numbers", Long.toString(result.numbers()));
    CodebookResult codebook = result.codebook();
    table.row("codes", codebook.codes() + ", " + codebook.used() + " used");
    table.row("perplexity", number(codebook.perplexity()));
    Optional.ofNullable(codebook.norms())
        .ifPresent(
            norms ->
                table.row(
                    "code norms",
                    "%s to %s, mean %s"
                        .formatted(
                            number(norms.min()), number(norms.max()), number(norms.mean()))));
    table.row("most used codes", top(codebook));
    table.row("codes by use, 1 being even", histogram(codebook));
    table.row("measured on", result.samples() + " unseen samples");
    result.figures().forEach((name, value) -> table.row(name, number(value)));
    table.print(out);
    out.println();
    printContract(result, out);
    TextTable tensors = new TextTable();
    result.shapes().forEach((name, shape) -> tensors.row(name, shape));
    tensors.print(out);
    if (result.input() != null) {
      out.println();
      TextTable trip = new TextTable();
      trip.row("input", result.input().file());
      trip.row("tokens", Integer.toString(result.input().tokens().length));
      result.input().figures().forEach((name, value) -> trip.row(name, number(value)));
      trip.row("picture", result.input().picture());
      trip.print(out);
    }
  }

  private static String top(CodebookResult codebook) {
    return codebook.top().stream()
        .map(code -> code.code() + " (" + number(100 * code.share()) + " %)")
        .collect(Collectors.joining(", "));
  }

  private static String histogram(CodebookResult codebook) {
    return codebook.histogram().entrySet().stream()
        .map(range -> range.getKey() + ": " + range.getValue())
        .collect(Collectors.joining(", "));
  }

  private static void printContract(Result result, PrintWriter out) {
    TokenContract contract = result.contract();
    TextTable table = new TextTable();
    table.row("kind", contract.kind());
    table.row("grid", contract.rows() + " x " + contract.columns());
    table.row("vocabulary", Integer.toString(contract.vocabulary()));
    table.row("values", contract.valueSpec());
    table.row("resolution", Integer.toString(contract.resolution()));
    table.row(
        "crops of training",
        "%d, area from %s, mirrored %s, seed %d"
            .formatted(
                contract.crops(), contract.minCropScale(), contract.flip(), contract.seed()));
    result.traits().forEach(table::row);
    table.print(out);
    out.println();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
