package org.anymod.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of all commands. */
@Command(
    name = "anymod",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    description = "Any-to-any multimodal models, assembled from plugins.",
    subcommands = {
      QuickstartCommand.class,
      DoctorCommand.class,
      PluginsCommand.class,
      ConfigCommand.class,
      DataCommand.class,
      TokenizerCommand.class,
      TokenizeCommand.class,
      TrainCommand.class,
      GenerateCommand.class,
      ServeCommand.class,
      EvaluateCommand.class,
      RetrieveCommand.class,
      CheckpointCommand.class,
      BenchmarkCommand.class,
      CompletionCommand.class
    })
final class AnymodCommand implements Runnable {
  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where in the program a failure came from.")
  private boolean stacktrace;

  @Spec private CommandSpec spec;

  private boolean together;

  /** Notes that all processes of a launch end for the same reason. */
  void endTogether() {
    together = true;
  }

  boolean endsTogether() {
    return together;
  }

  boolean stacktrace() {
    return stacktrace;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
