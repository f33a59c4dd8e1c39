package org.anymod.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether processes that are started here hear Ctrl-C. What a shell without a terminal starts in
 * the background ignores it, and so does all that is started by that; Java then cannot listen
 * either.
 */
final class Sigint {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String IGNORED = "SigIgn:";
  private static final long BIT = 1L << 2 - 1;

  private Sigint() {}

  /**
   * Returns words before a command with which its process hears Ctrl-C. A test is left out, with a
   * message, where that cannot be had.
   */
  static List<String> heard() throws IOException, InterruptedException {
    if (!isIgnored()) {
      return List.of();
    }
    List<String> words = List.of("env", "--default-signal=INT");
    assumeTrue(works(words), "Ctrl-C is ignored here, and env of this system cannot change that");
    return words;
  }

  /** Where this cannot be known, Ctrl-C is taken to be heard, as it is by default. */
  private static boolean isIgnored() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return false;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(IGNORED))
        .map(line -> Long.parseUnsignedLong(line.substring(IGNORED.length()).strip(), 16))
        .anyMatch(signals -> (signals & BIT) != 0);
  }

  private static boolean works(List<String> words) throws InterruptedException {
    try {
      return new ProcessBuilder(words.get(0), words.get(1), "true").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
