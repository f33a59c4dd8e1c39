package org.anymod.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anymod.cli.report.ReportFile;
import org.anymod.cli.results.PictureSheet;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.Samples;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.core.tokenize.CroppedValues;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Kind;
import org.anymod.spi.Value;

/** The neighbours of a query as one picture: what was given first, below it a row for each. */
final class NeighbourSheet {
  private final Run run;
  private final String split;

  NeighbourSheet(Run run, String split) {
    this.run = run;
    this.split = split;
  }

  void write(Path file, Map<UsedModality, Value> given, List<RetrieveQueryCommand.Hit> neighbours)
      throws IOException {
    ValueReader reader = run.data().values(split);
    PictureSheet sheet = new PictureSheet();
    try (Samples samples = reader.samples()) {
      Map<String, Integer> numbers = new HashMap<>();
      for (int i = 0; i < samples.size(); i++) {
        numbers.put(samples.name(i), i);
      }
      sheet.row();
      given.forEach((modality, value) -> sheet.add("given: " + modality.source(), modality, value));
      List<UsedModality> shown = shown(given, reader);
      for (RetrieveQueryCommand.Hit hit : neighbours) {
        Integer number = numbers.get(hit.name());
        if (number == null) {
          throw new DatasetException(split + " has no sample '" + hit.name() + "' any more");
        }
        addRow(sheet, reader, number, hit, shown);
      }
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    ReportFile.write(file, sheet.png());
  }

  private void addRow(
      PictureSheet sheet,
      ValueReader reader,
      int number,
      RetrieveQueryCommand.Hit hit,
      List<UsedModality> shown)
      throws IOException {
    sheet.row();
    String title = String.format(Locale.ROOT, "%d: %s, %.3f", hit.rank(), hit.name(), hit.score());
    for (UsedModality modality : shown) {
      if (reader.has(modality.source(), number)) {
        CroppedValues values = run.data().cropped(reader, modality, CropPlan.CENTER);
        sheet.add(title, modality, values.get(number));
      }
    }
  }

  /** What was given, and pixels. */
  private List<UsedModality> shown(Map<UsedModality, Value> given, ValueReader reader) {
    Map<String, UsedModality> bySource = new LinkedHashMap<>();
    List<UsedModality> all = new ArrayList<>(given.keySet());
    run.modalities().all().stream()
        .filter(m -> m.declaration().kind() instanceof Kind.PixelPatches)
        .forEach(all::add);
    for (UsedModality modality : all) {
      if (reader.missing(modality.source()).isEmpty()) {
        bySource.putIfAbsent(modality.source(), modality);
      }
    }
    return List.copyOf(bySource.values());
  }
}
