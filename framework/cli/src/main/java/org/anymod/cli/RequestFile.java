package org.anymod.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.anymod.host.recipe.PluginSections;
import org.anymod.host.recipe.RecipeReader;

/**
 * A file with a request on each line, in JSON. Empty lines and lines that begin with {@code #} are
 * left out.
 */
final class RequestFile {
  private static final int MOST = 100_000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private RequestFile() {}

  /** Reads the requests and the files that they name, which lie here or beside the file. */
  static List<RequestMaker.Made> read(Path file, RequestMaker maker) throws IOException {
    List<RequestMaker.Made> requests = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    int number = 0;
    try (TextLines lines = new TextLines(file)) {
      while (lines.hasNext()) {
        String text = lines.next();
        number++;
        if (text.isBlank() || text.startsWith("#")) {
          continue;
        }
        String place = file + ", line " + number;
        requests.add(request(place, text, requests.size() + 1, file, maker));
        String name = requests.get(requests.size() - 1).name();
        if (!names.add(name)) {
          throw new UserMistake(place + ": a second request has the name '" + name + "'");
        }
        if (requests.size() > MOST) {
          throw new UserMistake(file + ": has more than " + MOST + " requests");
        }
      }
    }
    if (requests.isEmpty()) {
      throw new UserMistake(file + ": holds no request");
    }
    return requests;
  }

  private static RequestMaker.Made request(
      String place, String text, int number, Path file, RequestMaker maker) throws IOException {
    RequestLine line =
        RecipeReader.read(RequestLine.class, place, text, List.of(), PluginSections.none())
            .recipe();
    String name = line.name().orElse(String.format(Locale.ROOT, "request-%04d", number));
    if (!NAME.matcher(name).matches()) {
      throw new UserMistake(
          place
              + ": name is '"
              + name
              + "', must be letters, digits, dots, dashes and underscores");
    }
    try {
      return maker.make(name, line, beside(file));
    } catch (UserMistake | IllegalArgumentException e) {
      throw new UserMistake(place + ": " + e.getMessage());
    }
  }

  /** Finds a file in the working folder or else beside the file of requests. */
  private static UnaryOperator<String> beside(Path file) {
    return word -> {
      try {
        Path here = Path.of(word);
        Path there = file.toAbsolutePath().resolveSibling(here);
        return !Files.exists(here) && Files.isRegularFile(there) ? there.toString() : word;
      } catch (InvalidPathException e) {
        // Words may contain what no file name can.
        return word;
      }
    };
  }
}
