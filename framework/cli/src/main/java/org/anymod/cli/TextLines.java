package org.anymod.cli;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The lines of a text file in UTF-8, read one at a time. What goes wrong is a {@link UserMistake}
 * that names the line.
 */
final class TextLines implements Iterator<String>, Closeable {
  private static final int LONGEST = 1 << 20;

  private final Path file;
  private final BufferedReader reader;
  private long number;
  private String next;

  TextLines(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UserMistake(file + ": no such file");
    }
    this.file = file;
    this.reader = Files.newBufferedReader(file);
    this.next = line();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public String next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    String line = next;
    next = line();
    return line;
  }

  private String line() {
    number++;
    StringBuilder line = new StringBuilder();
    try {
      int c = reader.read();
      if (c < 0) {
        return null;
      }
      for (; c >= 0 && c != '\n'; c = reader.read()) {
        if (line.length() == LONGEST) {
          throw new UserMistake(
              file + ":" + number + ": the line has more than " + LONGEST + " characters");
        }
        line.append((char) c);
      }
      return line.toString();
    } catch (CharacterCodingException e) {
      throw new UserMistake(file + ": near line " + number + ": the text is not UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
