package org.anymod.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in a line or two what is wrong with a command line, and where help is. */
final class UsageReport implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("anymod: " + mistake.getMessage());
    UnmatchedArgumentException.printSuggestions(mistake, err);
    if (command.getSubcommands().isEmpty()) {
      err.println(
          "Try '" + command.getCommandSpec().qualifiedName() + " --help' for what it takes.");
    } else {
      command.usage(err);
    }
    err.flush();
    return ExitCode.USER_ERROR;
  }
}
