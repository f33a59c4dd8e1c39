package org.anymod.cli.results;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.anymod.cli.report.ReportFile;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.tokenize.training.TokenizerWatcher;
import org.anymod.spi.Value;

/**
 * Draws what comes back from a tokenizer at each check of its training: {@code
 * tokenizer-<key>/step-<number>.png} below the folder of logs, with originals in the first row,
 * reconstructions in the second and those of averaged weights, if there are any, in the third.
 */
public final class CheckPictures implements TokenizerWatcher {
  private static final int SHOWN = 6;
  private static final Pattern NAME = Pattern.compile("step-(\\d{1,18})\\.png");

  private final Path logs;

  /**
   * Draws below a folder.
   *
   * @param logs folder of logs, made when something is drawn
   */
  public CheckPictures(Path logs) {
    this.logs = logs;
  }

  @Override
  public void checked(Seen seen) throws IOException {
    PictureSheet sheet = new PictureSheet();
    row(sheet, "original", seen.modality(), seen.originals());
    row(sheet, "step " + seen.step(), seen.modality(), seen.trained());
    if (seen.averaged().isPresent()) {
      row(sheet, "averaged weights", seen.modality(), seen.averaged().get());
    }
    Path folder = Files.createDirectories(folder(logs, seen.modality()));
    String name = String.format(Locale.ROOT, "step-%08d.png", seen.step());
    ReportFile.write(folder.resolve(name), sheet.png());
  }

  private static void row(
      PictureSheet sheet, String name, UsedModality modality, List<Value> values) {
    sheet.row();
    values.stream().limit(SHOWN).forEach(value -> sheet.add(name, modality, value));
  }

  private static Path folder(Path logs, UsedModality modality) {
    return logs.resolve("tokenizer-" + modality.key());
  }

  /**
   * Reads back some of the pictures of a training: the first, the last and evenly between.
   *
   * @param logs folder of logs
   * @param modality the modality
   * @param most how many at most, at least 2
   * @return pictures by the number of their step; none if nothing was drawn
   * @throws IOException if one cannot be read
   */
  static SortedMap<Long, BufferedImage> some(Path logs, UsedModality modality, int most)
      throws IOException {
    SortedMap<Long, BufferedImage> pictures = new TreeMap<>();
    List<Path> files = new ArrayList<>(drawn(folder(logs, modality)).values());
    int count = Math.min(most, files.size());
    for (int i = 0; i < count; i++) {
      int at = count == 1 ? 0 : i * (files.size() - 1) / (count - 1);
      Path file = files.get(at);
      BufferedImage image = ImageIO.read(file.toFile());
      if (image == null) {
        throw new IOException(file + ": no picture");
      }
      pictures.put(step(file), image);
    }
    return pictures;
  }

  private static SortedMap<Long, Path> drawn(Path folder) throws IOException {
    SortedMap<Long, Path> files = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        all.filter(file -> NAME.matcher(file.getFileName().toString()).matches())
            .forEach(file -> files.put(step(file), file));
      }
    }
    return files;
  }

  private static long step(Path file) {
    Matcher matcher = NAME.matcher(file.getFileName().toString());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(file + ": no picture of a step");
    }
    return Long.parseLong(matcher.group(1));
  }
}
