package org.anymod.host.plugins;

import java.util.ArrayList;
import java.util.List;

/**
 * One class named in a service file.
 *
 * @param file path of the service file inside the JAR
 * @param line line from 1
 * @param className the class
 */
record ServiceLine(String file, int line, String className) {

  static final String FOLDER = "META-INF/services/";

  /** Reads a service file: one class a line, {@code #} starts a comment. */
  static List<ServiceLine> parse(String file, String text) {
    List<ServiceLine> lines = new ArrayList<>();
    String[] rows = text.split("\\R", -1);
    for (int i = 0; i < rows.length; i++) {
      int comment = rows[i].indexOf('#');
      String name = (comment < 0 ? rows[i] : rows[i].substring(0, comment)).strip();
      boolean known = lines.stream().anyMatch(line -> line.className().equals(name));
      if (!name.isEmpty() && !known) {
        lines.add(new ServiceLine(file, i + 1, name));
      }
    }
    return lines;
  }

  String place() {
    return file + " line " + line;
  }
}
