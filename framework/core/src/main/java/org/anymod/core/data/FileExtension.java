package org.anymod.core.data;

import java.util.List;
import java.util.Locale;

/** The part of a file name that tells the format. */
final class FileExtension {
  /**
   * What is never a sample. Any other extension may be one: which formats there are is up to the
   * plugins.
   */
  static final List<String> NOT_SAMPLES =
      List.of("bak", "db", "html", "ini", "log", "md", "part", "tar", "tmp", "zip");

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
    String extension = of(fileName);
    return !extension.isEmpty() && !NOT_SAMPLES.contains(extension);
  }
}
