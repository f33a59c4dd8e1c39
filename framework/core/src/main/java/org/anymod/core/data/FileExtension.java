package org.anymod.core.data;

import java.util.List;
import java.util.Locale;

/** The part of a file name that tells the format. */
final class FileExtension {
  /** What a folder of files may hold; other files in it are no samples. */
  static final List<String> ACCEPTED =
      List.of(
          "jpg", "jpeg", "png", "ppm", "bmp", "pgm", "tif", "tiff", "webp", "jpx", "npy", "npz",
          "json.gz", "json", "txt");

  private FileExtension() {}

  /**
   * Returns the extension in lower case without its dot, both parts of a gzipped file; empty if
   * there is none.
   */
  static String of(String fileName) {
    int name = fileName.lastIndexOf('/') + 1;
    int dot = fileName.lastIndexOf('.');
    if (dot <= name || dot == fileName.length() - 1) {
      return "";
    }
    String last = fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
    int before = fileName.lastIndexOf('.', dot - 1);
    if (last.equals("gz") && before > name && before < dot - 1) {
      return fileName.substring(before + 1).toLowerCase(Locale.ROOT);
    }
    return last;
  }

  static boolean isAccepted(String fileName) {
    return ACCEPTED.contains(of(fileName));
  }
}
