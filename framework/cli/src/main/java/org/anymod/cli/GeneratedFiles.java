package org.anymod.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anymod.cli.report.ReportFile;
import org.anymod.cli.results.PictureSheet;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Codec;
import org.anymod.spi.Value;

/** Writes predicted values as ordinary files, and everything together as one picture. */
final class GeneratedFiles {
  private static final int SHEET_ROWS = 32;

  private final Path folder;

  GeneratedFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes all and returns the files, last the sheet with the first of them. */
  List<String> write(
      Map<UsedModality, Value> given, List<UsedModality> wanted, List<Map<String, Value>> drawn)
      throws IOException {
    Files.createDirectories(folder);
    List<String> files = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      String number = drawn.size() == 1 ? "" : String.format(Locale.ROOT, "-%04d", i + 1);
      for (UsedModality modality : wanted) {
        Codec codec = modality.modality().codec();
        String name = name(modality, wanted) + number + "." + codec.extensions().get(0);
        Path file = folder.resolve(name);
        ReportFile.write(file, codec.encode(drawn.get(i).get(modality.key())));
        files.add(file.toString());
      }
    }
    Path picture = folder.resolve("sheet.png");
    ReportFile.write(picture, sheet(given, wanted, drawn).png());
    files.add(picture.toString());
    return files;
  }

  private static PictureSheet sheet(
      Map<UsedModality, Value> given, List<UsedModality> wanted, List<Map<String, Value>> drawn) {
    PictureSheet sheet = new PictureSheet();
    for (Map<String, Value> row : drawn.subList(0, Math.min(SHEET_ROWS, drawn.size()))) {
      sheet.row();
      given.forEach((modality, value) -> sheet.add("given: " + modality.source(), modality, value));
      wanted.forEach(modality -> sheet.add(modality.source(), modality, row.get(modality.key())));
    }
    return sheet;
  }

  /** The source, or the key where several keys of the source are predicted. */
  private static String name(UsedModality modality, List<UsedModality> wanted) {
    long same = wanted.stream().filter(m -> m.source().equals(modality.source())).count();
    return same == 1 ? modality.source() : modality.key();
  }
}
