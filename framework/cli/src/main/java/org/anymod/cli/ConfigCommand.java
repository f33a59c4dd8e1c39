package org.anymod.cli;

import picocli.CommandLine.Command;

/** {@code anymod config}. */
@Command(
    name = "config",
    description = "Check recipes and look at their settings.",
    subcommands = {
      ConfigValidateCommand.class,
      ConfigShowCommand.class,
      ConfigKeysCommand.class,
      ConfigPresetsCommand.class
    })
final class ConfigCommand extends CommandGroup {}
