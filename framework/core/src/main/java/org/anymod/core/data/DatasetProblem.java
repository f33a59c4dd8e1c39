package org.anymod.core.data;

import java.nio.file.Path;

/**
 * Something wrong with a dataset.
 *
 * @param file the file or folder that is wrong
 * @param message what was found and what was expected
 */
public record DatasetProblem(Path file, String message) {
  @Override
  public String toString() {
    return message.startsWith(file.toString()) ? message : file + ": " + message;
  }
}
