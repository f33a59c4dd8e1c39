package org.anymod.cli;

import java.io.PrintWriter;
import java.util.List;
import org.anymod.torch.parallel.Launch;
import org.anymod.torch.parallel.Ranks;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The {@code anymod} program. */
public final class Anymod {
  private Anymod() {}

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    AnymodCommand root = new AnymodCommand();
    int code = commandLine(root).execute(arguments);
    Ranks.leave(code, code == ExitCode.OK || root.endsTogether());
    System.exit(code);
  }

  /** Runs a command inside this process, with its output sent elsewhere. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return commandLine(new AnymodCommand()).setOut(out).setErr(err).execute(arguments);
  }

  /** Of several processes, those that a command cannot use do nothing. */
  private static int execute(ParseResult parsed) {
    List<CommandLine> chosen = parsed.asCommandLineList();
    Object command = chosen.get(chosen.size() - 1).getCommand();
    boolean shared = command instanceof ParallelCommand parallel && parallel.isShared();
    boolean idle = Launch.current().rank() > 0 && !shared;
    return idle ? ExitCode.OK : new CommandLine.RunLast().execute(parsed);
  }

  private static CommandLine commandLine(AnymodCommand root) {
    CommandLine commands = new CommandLine(root);
    CommandList.showIn(commands);
    return commands
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setUsageHelpLongOptionsMaxWidth(24)
        .setExecutionStrategy(Anymod::execute)
        .setParameterExceptionHandler(new UsageReport())
        .setExecutionExceptionHandler(new FailureReport(root));
  }
}
