package org.anymod.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anymod.torch.parallel.Ranks;

/** A program that several processes run together: the commands of a file, a line for each. */
public final class RankedCommands {
  private RankedCommands() {}

  /** Argument: the file, in which words stand between tabulators. */
  public static void main(String[] arguments) throws Exception {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      int code = Anymod.run(out, err, line.split("\t"));
      if (code != ExitCode.OK) {
        System.exit(code);
      }
    }
    Ranks.leave(ExitCode.OK, true);
    System.exit(ExitCode.OK);
  }
}
