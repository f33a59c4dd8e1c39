package org.anymod.cli;

import picocli.CommandLine.Command;

/** {@code anymod data}. */
@Command(
    name = "data",
    description = "Make, pack, import and check datasets.",
    subcommands = {
      DataToyworldCommand.class,
      DataPackCommand.class,
      DataImportTokensCommand.class,
      DataImportSamCommand.class,
      DataInspectCommand.class,
      DataVerifyCommand.class
    })
final class DataCommand extends CommandGroup {}
