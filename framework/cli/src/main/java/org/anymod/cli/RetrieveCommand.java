package org.anymod.cli;

import picocli.CommandLine.Command;

/** {@code anymod retrieve}. */
@Command(
    name = "retrieve",
    description = "Find samples of a dataset by an embedding that a model predicts from anything.",
    subcommands = {
      RetrieveIndexCommand.class,
      RetrieveQueryCommand.class,
      RetrieveEvaluateCommand.class
    })
final class RetrieveCommand extends CommandGroup {}
