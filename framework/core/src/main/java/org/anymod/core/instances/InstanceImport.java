package org.anymod.core.instances;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.anymod.core.Progress;
import org.anymod.core.data.AtomicFile;
import org.anymod.core.data.DatasetException;
import org.anymod.media.pickle.NumpyObjects;
import org.anymod.spi.InvalidDataException;

/** Turns files of outlined objects, alone or a folder of them, into JSON documents. */
public final class InstanceImport {
  private static final String FROM = ".npy";
  private static final String TO = ".json";

  private InstanceImport() {}

  /**
   * What was converted.
   *
   * @param files number of files
   * @param crops crops in them
   * @param instances instances in them
   * @param moreContours contours that are not the first of their instance
   */
  public record Report(int files, long crops, long instances, long moreContours) {}

  /**
   * Converts a file, or all {@code .npy} files of a folder and the folders in it. A document has
   * the path of its file with another extension; what is there is replaced.
   *
   * @param from file or folder
   * @param to folder for the documents, made if it is not there
   * @param progress hears how far it is
   * @return what was converted
   * @throws DatasetException if there is no such file, or one holds anything else; the message
   *     names it
   * @throws IOException if the disk cannot be read or written
   */
  public static Report convert(Path from, Path to, Progress progress) throws IOException {
    Path base = Files.isDirectory(from) ? from : from.toAbsolutePath().getParent();
    List<Path> files = files(from);
    progress.start("import", files.size(), "file");
    Report report = new Report(0, 0, 0, 0);
    for (Path file : files) {
      InstanceDocument document = read(file);
      String name = base.relativize(file).toString();
      Path target = to.resolve(name.substring(0, name.length() - FROM.length()) + TO);
      Files.createDirectories(target.getParent());
      AtomicFile.write(target, document.json());
      report =
          new Report(
              report.files() + 1,
              report.crops() + document.crops(),
              report.instances() + document.instances(),
              report.moreContours() + document.moreContours());
      progress.advance(report.files(), "");
    }
    progress.finish();
    return report;
  }

  private static List<Path> files(Path from) throws IOException {
    if (Files.isRegularFile(from) && from.toString().endsWith(FROM)) {
      return List.of(from.toAbsolutePath());
    }
    if (!Files.isDirectory(from)) {
      throw new DatasetException(from + ": no folder, and no file that ends in " + FROM);
    }
    try (Stream<Path> all = Files.walk(from)) {
      List<Path> files =
          all.filter(file -> file.toString().endsWith(FROM) && Files.isRegularFile(file))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new DatasetException(from + ": no file in it ends in " + FROM);
      }
      return files;
    }
  }

  private static InstanceDocument read(Path file) throws IOException {
    if (Files.size(file) > NumpyObjects.MAX_BYTES) {
      throw new DatasetException(
          file
              + " has "
              + Files.size(file)
              + " bytes, at most "
              + NumpyObjects.MAX_BYTES
              + " are allowed");
    }
    try {
      return InstanceDocument.convert(Files.readAllBytes(file));
    } catch (InvalidDataException e) {
      throw new DatasetException(file + ": " + e.getMessage(), e);
    }
  }
}
