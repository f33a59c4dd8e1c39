package org.anymod.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** The {@code anymod} program. */
public final class Anymod {
  private Anymod() {}

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** Runs a command inside this process, with its output sent elsewhere. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return commandLine().setOut(out).setErr(err).execute(arguments);
  }

  private static CommandLine commandLine() {
    AnymodCommand root = new AnymodCommand();
    return new CommandLine(root)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setUsageHelpLongOptionsMaxWidth(24)
        .setParameterExceptionHandler(new UsageReport())
        .setExecutionExceptionHandler(new FailureReport(root));
  }
}
