package org.anymod.cli;

import picocli.CommandLine.Command;

/** {@code anymod checkpoint}. */
@Command(
    name = "checkpoint",
    description = "Look into, convert and extend files of model weights.",
    subcommands = {
      CheckpointInspectCommand.class,
      CheckpointConvertCommand.class,
      CheckpointExtendCommand.class
    })
final class CheckpointCommand extends CommandGroup {}
