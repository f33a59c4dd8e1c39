package org.anymod.host.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the text of a recipe file within {@link Limits}. */
final class RecipeText {
  private RecipeText() {}

  static Optional<String> read(Path file, Problems problems) {
    Place start = new Place(file.toString(), 1, 1);
    if (!Files.isRegularFile(file)) {
      String found = Files.exists(file) ? "is not a regular file" : "does not exist";
      problems.add(start, "", found, "a YAML file");
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(Limits.BYTES + 1);
      if (bytes.length > Limits.BYTES) {
        problems.add(
            start,
            "",
            "found more than " + Limits.BYTES + " bytes",
            "at most " + Limits.BYTES + " bytes");
        return Optional.empty();
      }
      return decode(bytes, file, problems);
    } catch (IOException e) {
      problems.add(start, "", "cannot be read: " + e.getMessage(), "a readable file");
      return Optional.empty();
    }
  }

  private static Optional<String> decode(byte[] bytes, Path file, Problems problems) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
    text.flip();
    if (result.isError()) {
      String before = text.toString();
      int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
      int column = before.length() - before.lastIndexOf('\n');
      problems.add(
          new Place(file.toString(), line, column),
          "",
          "found bytes that are not UTF-8",
          "UTF-8 text");
      return Optional.empty();
    }
    String all = text.toString();
    return Optional.of(all.startsWith("\uFEFF") ? all.substring(1) : all);
  }
}
