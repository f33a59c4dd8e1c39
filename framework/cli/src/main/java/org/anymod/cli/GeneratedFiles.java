package org.anymod.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.anymod.cli.report.ReportFile;
import org.anymod.cli.results.PictureSheet;
import org.anymod.core.generation.Given;
import org.anymod.core.generation.PlannedOutput;
import org.anymod.core.generation.Planner;
import org.anymod.core.generation.Result;
import org.anymod.core.generation.Sample;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.spi.Codec;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;

/**
 * Writes predicted values as ordinary files, everything of a request together as one picture, and
 * how it came about. All of it lies in a temporary folder until {@link #publish}: without that,
 * nothing appears.
 */
final class GeneratedFiles implements AutoCloseable {
  private static final int SHEET_ROWS = 32;

  private final Path folder;
  private final Path draft;
  private final Planner planner;
  private final List<RequestReport> reports = new ArrayList<>();

  /** How an output was drawn. */
  record OutputSettings(String key, int model, List<String> conditions, SamplingRecipe sampling) {}

  /** An answer and its files. */
  record SampleFiles(int number, long seed, Map<String, String> files) {}

  /** A request and its answers, as in {@code result.json}. */
  record RequestReport(
      String name,
      long seed,
      List<String> presets,
      Map<String, String> inputs,
      Map<String, List<String>> visible,
      Map<String, Double> guide,
      List<OutputSettings> outputs,
      List<SampleFiles> samples,
      String sheet) {}

  GeneratedFiles(Path folder, Planner planner) throws IOException {
    this.folder = folder.toAbsolutePath().normalize();
    this.planner = planner;
    if (Files.exists(this.folder) && !Files.isDirectory(this.folder)) {
      throw new UserMistake(folder + ": is a file, must be a folder for the results");
    }
    Files.createDirectories(this.folder.getParent());
    this.draft = Files.createTempDirectory(this.folder.getParent(), ".generated-");
  }

  /** Writes the answers to a request. */
  void add(RequestMaker.Made made, Result result) throws IOException {
    Path own = draft.resolve(made.name());
    Files.createDirectories(own);
    List<PlannedOutput> shown = made.outputs().stream().filter(PlannedOutput::decoded).toList();
    List<SampleFiles> samples = new ArrayList<>();
    for (Sample sample : result.samples()) {
      samples.add(write(own, made, shown, sample, result.samples().size()));
    }
    ReportFile.write(own.resolve("sheet.png"), sheet(made, shown, result).png());
    RequestReport report =
        new RequestReport(
            made.name(),
            made.request().seed(),
            made.request().presets(),
            made.line().input(),
            made.line().visible(),
            made.line().guide(),
            result.outputs().stream()
                .map(o -> new OutputSettings(o.key(), o.stage(), o.conditions(), o.settings()))
                .toList(),
            samples,
            file(made, "sheet.png"));
    reports.add(report);
  }

  private SampleFiles write(
      Path own, RequestMaker.Made made, List<PlannedOutput> shown, Sample sample, int count)
      throws IOException {
    String number = count == 1 ? "" : String.format(Locale.ROOT, "-%04d", sample.number() + 1);
    Map<String, String> files = new LinkedHashMap<>();
    for (PlannedOutput output : shown) {
      Codec codec = output.modality().modality().codec();
      String name = name(output, shown) + number + "." + codec.extensions().get(0);
      ReportFile.write(own.resolve(name), codec.encode(sample.values().get(output.key())));
      files.put(output.key(), file(made, name));
    }
    return new SampleFiles(sample.number(), sample.seed(), files);
  }

  private static String file(RequestMaker.Made made, String name) {
    return made.name().isEmpty() ? name : made.name() + "/" + name;
  }

  private PictureSheet sheet(RequestMaker.Made made, List<PlannedOutput> shown, Result result) {
    PictureSheet sheet = new PictureSheet();
    List<Sample> samples = result.samples();
    for (Sample sample : samples.subList(0, Math.min(SHEET_ROWS, samples.size()))) {
      sheet.row();
      made.request().inputs().forEach((word, given) -> add(sheet, word, given));
      for (PlannedOutput output : shown) {
        sheet.add(name(output, shown), output.modality(), sample.values().get(output.key()));
      }
    }
    return sheet;
  }

  private void add(PictureSheet sheet, String word, Given given) {
    UsedModality modality = planner.input(word);
    String title = "given: " + modality.source();
    if (given instanceof Given.Words words) {
      sheet.add(title, new Rendering.Words(words.text()));
    } else if (given instanceof Given.Whole whole) {
      sheet.add(title, modality, whole.value());
    } else if (given instanceof Given.Beginning beginning) {
      sheet.add(title + " ...", modality, beginning.value());
    } else {
      Value value = ((Given.Part) given).value();
      sheet.add("given in part: " + modality.source(), modality, value);
    }
  }

  /** The source, or the key where several keys of the source are predicted. */
  private static String name(PlannedOutput output, List<PlannedOutput> shown) {
    String source = output.modality().source();
    long same = shown.stream().filter(o -> o.modality().source().equals(source)).count();
    return same == 1 ? source : output.key();
  }

  /**
   * Moves everything to its place.
   *
   * @return the reports of all requests
   */
  List<RequestReport> publish() throws IOException {
    byte[] json = ResultMapper.MAPPER.writeValueAsBytes(Map.of("requests", reports));
    ReportFile.write(draft.resolve("result.json"), json);
    List<Path> files;
    try (Stream<Path> all = Files.walk(draft)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      Path target = folder.resolve(draft.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    return List.copyOf(reports);
  }

  /** Deletes what was not published. */
  @Override
  public void close() throws IOException {
    if (!Files.exists(draft)) {
      return;
    }
    Files.walkFileTree(
        draft,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
